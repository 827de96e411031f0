import { sayInstant } from '@plumbline/core/kit'
import { type Project, projectContract } from '@plumbline/core/project'
import { AnswerableRole, answerableRoles } from '@plumbline/core/rectification'
import {
  type Alarm,
  levelNames,
  sayAlarmLimit,
  sayValue as sayAlarmValue,
  telemetryContract,
} from '@plumbline/core/telemetry'
import { DatePicker, Form, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { sayClause } from '../../kit/clause.ts'
import { useToday } from '../../kit/session.tsx'
import { Failure, Loading, Section, StepForm } from '../../kit/ui/index.ts'
import { type DraftAsk, useDraft } from './draft.ts'
import { freshItem, ItemFields, itemTextOf, type ItemValues } from './forms/ItemFields.tsx'
import { type Wording, WordingFields, wordingOf } from './forms/WordingFields.tsx'

/** Facts that no inspection record states: found by the officers named, on the day named. */
export function DraftFromFacts({ projectId, alarmId }: { projectId: string | undefined; alarmId: string | null }) {
  const [chosen, setChosen] = useState(projectId)
  return (
    <>
      <p className="muted">由监督检查发现的隐患，请从检查记录进入，不必重新填写。</p>
      {!projectId && <ProjectChoice value={chosen} onChange={setChosen} />}
      {chosen && <OfProject key={chosen} projectId={chosen} alarmId={alarmId} />}
    </>
  )
}

function ProjectChoice({ value, onChange }: { value: string | undefined; onChange: (id: string) => void }) {
  const [q, setQ] = useState('')
  const found = useRoute(projectContract.list, { query: { q: q || undefined, limit: 30 } })
  return (
    <Select
      aria-label="项目"
      placeholder="输入名称、编码或拼音首字母选择项目"
      value={value}
      onChange={onChange}
      showSearch={{ filterOption: false, onSearch: setQ }}
      loading={found.isFetching}
      options={(found.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      style={{ width: 420, maxWidth: '100%' }}
    />
  )
}

function OfProject({ projectId, alarmId }: { projectId: string; alarmId: string | null }) {
  const project = useRoute(projectContract.get, { params: { id: projectId } })
  const alarm = useRoute(telemetryContract.alarm, { params: { id: alarmId ?? '' } }, { enabled: alarmId !== null })
  if (alarm.error) return <Failure error={alarm.error} again={() => void alarm.refetch()} />
  if (alarmId !== null && !alarm.data) return <Loading />
  if (project.isPending) return <Loading />
  if (!project.data) return <Failure error={project.error} again={() => void project.refetch()} />
  return <FactsForm project={project.data.record} alarm={alarm.data?.record} />
}

/**
 * What an alarm tells, for the officer to check and sign as his own finding: a stop of the one machine where it is a
 * machine, the limit and its text. An online monitor is a warning and no legal measurement.
 */
function startFrom(alarm: Alarm): Partial<Values> {
  const machine = alarm.deviceKind === 'crane' || alarm.deviceKind === 'hoist'
  const text = `${sayInstant(new Date(alarm.raisedAt))} ${alarm.deviceName}自动监测${levelNames[alarm.level]}：${sayAlarmValue(alarm)}，限值${sayAlarmLimit(alarm)}`
  const item = {
    ...freshItem(),
    text,
    clause: sayClause(alarm.limit.clause) ?? '',
    severity: machine ? 'imminent' : 'serious',
  } as const
  return machine
    ? {
        kind: 'stop_part',
        scope: `${alarm.deviceName}的使用`,
        items: [{ ...item, requirement: '停止使用，查明原因并消除隐患' }],
      }
    : { items: [item] }
}

interface Values extends Wording {
  orgId: string
  officerIds: string[]
  foundOn: Dayjs
  items: ItemValues[]
}

function FactsForm({ project, alarm }: { project: Project; alarm: Alarm | undefined }) {
  const navigate = useNavigate()
  const today = useToday()
  const step = useDraft(() => void navigate(`/project/${project.id}`))
  const units = project.parties.flatMap(({ role, orgId, orgName }) => {
    const answerable = AnswerableRole.safeParse(role)
    return answerable.success ? [{ value: orgId, label: `${orgName}（${answerableRoles[answerable.data]}）` }] : []
  })
  const askOf = ({ orgId, officerIds, foundOn, items, ...wording }: Values): DraftAsk => ({
    input: {
      ...wordingOf(wording),
      projectId: project.id,
      orgId,
      inspectionId: null,
      alarmId: alarm?.id ?? null,
      findingIds: [],
      items: items.map(itemTextOf),
      foundOn: foundOn.format('YYYY-MM-DD'),
      officerIds,
    },
    changes: {},
  })
  return (
    <Section title={project.name} padded>
      <StepForm<Values>
        step={step}
        initial={{
          kind: 'correct',
          foundOn: dayjs(today),
          officerIds: project.officers.map(({ personId }) => personId),
          items: [freshItem()],
          ...(alarm ? startFrom(alarm) : {}),
        }}
        inputOf={askOf}
        label="拟制文书"
      >
        <div className="side-by-side">
          <Form.Item name="orgId" label="责任单位" rules={[{ required: true, message: '请选择责任单位' }]}>
            <Select options={units} />
          </Form.Item>
          <Form.Item name="foundOn" label="发现日期" rules={[{ required: true, message: '请选择发现日期' }]}>
            <DatePicker format="YYYY-MM-DD" maxDate={dayjs(today)} className="wide-field" />
          </Form.Item>
        </div>
        <Form.Item name="officerIds" label="监督员" rules={[{ required: true, message: '请选择监督员' }]}>
          <Select
            mode="multiple"
            options={project.officers.map(({ personId, name }) => ({ value: personId, label: name }))}
          />
        </Form.Item>
        <ItemFields />
        <WordingFields />
      </StepForm>
      {step.error && <Failure error={step.error} />}
    </Section>
  )
}
