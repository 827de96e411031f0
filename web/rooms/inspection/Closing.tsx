import {
  getTemplate,
  inspectionContract as contract,
  type InspectionView,
  measureTitles,
  mostPhotos,
  type Measure,
  submitFaults,
} from '@plumbline/core/inspection'
import { partyRoles } from '@plumbline/core/project'
import { Button, Checkbox, Input, Select } from 'antd'
import { useRef, useState } from 'react'
import { ApiError, newRequestId, useSend } from '../../kit/api.ts'
import { sentenceOf } from '../../kit/rules.zh.ts'
import { Failure } from '../../kit/ui/index.ts'
import { tableOptions } from './choices.ts'
import { newFinding } from './entries.ts'
import { FindingEditor } from './FindingEditor.tsx'
import { PhotoTaker } from './PhotoStrip.tsx'
import type { Draft } from './useDraft.ts'

const measureOptions = Object.entries(measureTitles).map(([value, label]) => ({ value: value as Measure, label }))

/** The part of the record that stands on no question: place, weather, who was there, other problems, what is to be done. */
export function Surroundings({ draft, terms }: { draft: Draft; terms: InspectionView['terms'] }) {
  const { record, change } = draft
  const other = record.findings.filter(({ itemCode }) => itemCode === '')
  return (
    <div className="item-card">
      <h3>检查概况</h3>
      <label className="labelled">
        检查部位、形象进度
        <Input
          value={record.part}
          maxLength={200}
          onChange={({ target }) => change(() => ({ part: target.value }))}
          placeholder="3 号楼十层，主体施工"
        />
      </label>
      <label className="labelled">
        天气
        <Input
          value={record.weather}
          maxLength={40}
          onChange={({ target }) => change(() => ({ weather: target.value }))}
        />
      </label>
      {getTemplate(record).form === 'scored' && (
        <div className="labelled">
          本次使用的评分表
          <Select
            mode="multiple"
            value={record.tables}
            onChange={(tables: string[]) => change(() => ({ tables }))}
            options={tableOptions}
            optionFilterProp="label"
            aria-label="本次使用的评分表"
          />
        </div>
      )}
      <Attendees draft={draft} />
      {other.map((finding) => (
        <FindingEditor key={finding.id} finding={finding} draft={draft} terms={terms} />
      ))}
      <div className="item-tools">
        <button
          type="button"
          onClick={() =>
            change((now) => ({
              findings: [...now.findings, newFinding(now, { code: '', title: '其他问题', clause: '' })],
            }))
          }
        >
          记录检查表以外的问题
        </button>
      </div>
      <div className="labelled">
        现场照片
        <PhotoTaker
          ids={record.photos}
          caption="现场照片"
          max={mostPhotos.record}
          onAdd={(id) => change((now) => ({ photos: [...now.photos, id] }))}
          onRemove={(id) => change((now) => ({ photos: now.photos.filter((one) => one !== id) }))}
        />
      </div>
      <div className="labelled">
        处理意见
        <Checkbox.Group
          value={record.measures}
          options={measureOptions}
          onChange={(measures) => change(() => ({ measures }))}
        />
        <Input.TextArea
          value={record.opinion}
          maxLength={2000}
          autoSize={{ minRows: 2, maxRows: 8 }}
          onChange={({ target }) => change(() => ({ opinion: target.value }))}
          aria-label="处理意见说明"
        />
      </div>
    </div>
  )
}

function Attendees({ draft: { record, change } }: { draft: Draft }) {
  const [name, setName] = useState('')
  const [role, setRole] = useState('项目经理')
  const [orgId, setOrgId] = useState(
    record.units.find((unit) => unit.role === 'contractor')?.orgId ?? record.units[0]?.orgId,
  )
  const add = () => {
    if (!orgId || !name.trim() || !role.trim()) return
    change((now) => ({ attendees: [...now.attendees, { orgId, name: name.trim(), role: role.trim() }] }))
    setName('')
  }
  return (
    <div className="labelled">
      参加人员
      {record.attendees.map((one, at) => (
        <p key={`${one.name} ${one.orgId}`} className="attendee">
          {record.units.find((unit) => unit.orgId === one.orgId)?.orgName} {one.name}（{one.role}）
          <button
            type="button"
            className="link"
            onClick={() => change((now) => ({ attendees: now.attendees.toSpliced(at, 1) }))}
          >
            删去
          </button>
        </p>
      ))}
      <Select
        value={orgId}
        onChange={setOrgId}
        options={record.units.map((unit) => ({ value: unit.orgId, label: `${partyRoles[unit.role]} ${unit.orgName}` }))}
        aria-label="参加人员的单位"
      />
      <div className="attendee-fields">
        <Input
          value={name}
          onChange={({ target }) => setName(target.value)}
          placeholder="姓名"
          aria-label="参加人员姓名"
          maxLength={40}
        />
        <Input
          value={role}
          onChange={({ target }) => setRole(target.value)}
          placeholder="职务"
          aria-label="参加人员职务"
          maxLength={40}
        />
        <Button onClick={add} disabled={!name.trim() || !role.trim()}>
          加入
        </Button>
      </div>
    </div>
  )
}

/** What still stands in the way, and the act itself. The server decides again. */
export function Submission({ draft, onSubmitted }: { draft: Draft; onSubmitted: () => void }) {
  const { mutateAsync: send } = useSend(contract.act)
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<ApiError>()
  // The same submission keeps its id until it is answered, so that a second press counts once.
  const requestId = useRef(newRequestId())
  const faults = submitFaults(draft.record)
  const submit = async () => {
    setPending(true)
    setError(undefined)
    try {
      const revision = await draft.flush()
      const { id } = draft.record
      await send({
        params: { id },
        body: { requestId: requestId.current, action: 'submit', input: { revision } } as never,
      })
      onSubmitted()
    } catch (caught) {
      const refusal = caught instanceof ApiError ? caught : new ApiError(0, 'internal', 'internal')
      if (refusal.kind !== 'network') requestId.current = newRequestId()
      setError(refusal)
    }
    setPending(false)
  }
  return (
    <div className="item-card">
      <h3>提交签字</h3>
      {faults.length > 0 ? (
        <ul className="faults">
          {faults.map(({ rule, detail }) => (
            <li key={rule}>{sentenceOf(rule, detail)}</li>
          ))}
        </ul>
      ) : (
        <p className="muted">各项已填写完整。提交后由同行监督员确认、现场负责人签字，参建单位即可看到本记录。</p>
      )}
      {error && <Failure error={error} />}
      <Button
        type="primary"
        size="large"
        block
        onClick={() => void submit()}
        loading={pending}
        disabled={faults.length > 0}
      >
        提交签字
      </Button>
    </div>
  )
}
