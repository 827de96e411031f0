import { type Finding, inspectionContract, type InspectionView, severityTitles } from '@plumbline/core/inspection'
import { rectificationContract } from '@plumbline/core/rectification'
import { Checkbox, Form, Input, InputNumber, Segmented } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { Empty, Failure, Loading, Section, StepForm } from '../../kit/ui/index.ts'
import { type DraftAsk, type ItemChange, useDraft } from './draft.ts'
import { FiledPhotos } from './FiledPhotos.tsx'
import { type Wording, WordingFields, wordingOf } from './forms/WordingFields.tsx'

/** The findings of a signed inspection that are not ordered yet, by responsible unit. */
export function DraftFromInspection({ inspectionId }: { inspectionId: string }) {
  const params = { id: inspectionId }
  const inspection = useRoute(inspectionContract.get, { params })
  const unordered = useRoute(rectificationContract.unordered, { params })
  const [chosen, setChosen] = useState<string>()
  const error = inspection.error ?? unordered.error
  if (error)
    return <Failure error={error} again={() => void Promise.all([inspection.refetch(), unordered.refetch()])} />
  if (!inspection.data || !unordered.data) return <Loading />

  const { record } = inspection.data
  const back = <Link to={`/inspection/${inspectionId}`}>回到检查记录</Link>
  const units = unitsOf(inspection.data, unordered.data.rows)
  const unit = units.find(({ orgId }) => orgId === chosen) ?? units[0]
  if (!unit) return <Empty action={back}>这次检查的隐患都已下达文书，或者没有发现隐患。</Empty>
  return (
    <Section title={record.projectName} note={back} padded>
      {units.length > 1 && (
        <Segmented
          className="unit-choice"
          options={units.map(({ orgId, orgName, findings }) => ({
            value: orgId,
            label: `${orgName} ${findings.length} 项`,
          }))}
          value={unit.orgId}
          onChange={setChosen}
        />
      )}
      <UnitForm key={unit.orgId} unit={unit} view={inspection.data} />
    </Section>
  )
}

interface Unit {
  orgId: string
  orgName: string
  findings: Finding[]
}

/** The findings under the unit answerable for each. */
function unitsOf({ record }: InspectionView, findings: readonly Finding[]): Unit[] {
  const ids = [...new Set(findings.map(({ orgId }) => orgId))]
  return ids.map((orgId) => ({
    orgId,
    orgName: record.units.find((unit) => unit.orgId === orgId)?.orgName ?? '责任单位',
    findings: findings.filter((finding) => finding.orgId === orgId),
  }))
}

interface Values extends Wording {
  findings: Record<string, { chosen: boolean } & ItemChange>
}

function UnitForm({ unit, view }: { unit: Unit; view: InspectionView }) {
  const navigate = useNavigate()
  const { record, terms } = view
  const step = useDraft(() => void navigate(`/inspection/${record.id}`))
  const chosenIn = (values: Values) => unit.findings.filter(({ id }) => values.findings[id]?.chosen)
  const askOf = (values: Values): DraftAsk => {
    const chosen = chosenIn(values)
    const change = ({ requirement, days }: ItemChange): ItemChange => ({ requirement, days: days ?? null })
    return {
      input: {
        ...wordingOf(values),
        projectId: record.projectId,
        orgId: unit.orgId,
        inspectionId: record.id,
        alarmId: null,
        findingIds: chosen.map(({ id }) => id),
        items: [],
        foundOn: null,
        officerIds: [],
      },
      changes: Object.fromEntries(chosen.map(({ id }) => [id, change(values.findings[id]!)])),
    }
  }
  const initial = unit.findings.map(({ id, requirement }) => [id, { chosen: true, requirement, days: null }] as const)
  return (
    <>
      <StepForm<Values>
        step={step}
        initial={{ kind: 'correct', findings: Object.fromEntries(initial) }}
        lacking={(values) => (chosenIn(values).length > 0 ? undefined : '请至少选择一项隐患。')}
        inputOf={askOf}
        label="拟制文书"
      >
        <p>
          责任单位 <b>{unit.orgName}</b>
        </p>
        {unit.findings.map((finding) => (
          <FindingFields key={finding.id} finding={finding} term={terms[finding.severity]} />
        ))}
        <WordingFields />
      </StepForm>
      {step.error && <Failure error={step.error} />}
    </>
  )
}

function FindingFields({ finding, term }: { finding: Finding; term: number }) {
  const { id, text, itemName, clause, severity, photos } = finding
  return (
    <fieldset className="form-item">
      <legend>{text || itemName}</legend>
      <p className="tiny muted">
        {clause} · {severityTitles[severity]} · 法定期限 {term === 0 ? '立即' : `${term} 日`}
      </p>
      {photos.length > 0 && <FiledPhotos ids={photos} caption={`整改前：${text}`} />}
      <Form.Item name={['findings', id, 'chosen']} valuePropName="checked" className="tight">
        <Checkbox>写入这份文书</Checkbox>
      </Form.Item>
      <div className="side-by-side">
        <Form.Item
          name={['findings', id, 'requirement']}
          label="整改要求"
          rules={[{ required: true, whitespace: true, message: '请写明整改要求' }]}
        >
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={500} />
        </Form.Item>
        <Form.Item name={['findings', id, 'days']} label="期限（送达后几日，0 为立即）" extra="不填即按法定期限">
          <InputNumber min={0} max={60} precision={0} className="wide-field" />
        </Form.Item>
      </div>
    </fieldset>
  )
}
