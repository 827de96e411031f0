import { capacities } from '@plumbline/core/access'
import { type Person, personContract, type PersonView } from '@plumbline/core/person'
import { Form, Input } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { call, useAct, useRoute } from '../../kit/api.ts'
import { Slot } from '../../kit/panels.tsx'
import { useToday } from '../../kit/session.tsx'
import {
  CasePage,
  Empty,
  Facts,
  Holds,
  Loaded,
  Loading,
  Section,
  StateTag,
  StepForm,
  type StepFormProps,
  Steps,
  Tag,
  Timeline,
  When,
} from '../../kit/ui/index.ts'
import { PersonFields } from './PersonFields.tsx'

function usePerson() {
  const { id = '' } = useParams()
  return useRoute(personContract.get, { params: { id } })
}

/** 人员: who it is, with what certificates, in which posts. */
export function PersonPage() {
  return <Loaded found={usePerson()}>{(view) => <Shown key={view.record.id} view={view} />}</Loaded>
}

function Shown({ view }: { view: PersonView }) {
  const { record, head, holds } = view
  // Seen once, on this page only: it is not kept in the query cache.
  const [idNumber, setIdNumber] = useState<string>()
  const act = useAct(personContract.act, record.id)
  const reveal = async (requestId: string, input: unknown) => {
    const { reason } = input as { reason: string }
    const shown = await call(personContract.reveal, { params: { id: record.id }, body: { requestId, reason } })
    setIdNumber(shown.idNumber)
  }
  return (
    <CasePage
      title={record.name}
      crumbs={[{ label: '人员库', to: '/people' }, { label: record.name }]}
      tags={<StateTag label={head.stateLabel} open={head.open} />}
      side={
        <>
          <Section title="现在该做">
            <Steps
              steps={view.steps}
              onAct={(ask) => (ask.action === 'reveal' ? reveal(ask.requestId, ask.input) : act(ask))}
              forms={forms}
            />
          </Section>
          <Slot name="person" id={record.id} acts={view.acts} side />
        </>
      }
    >
      <Holds holds={holds} />
      <Section title="基本信息">
        <Facts
          facts={[
            { label: '身份证号', value: <span className="num">{idNumber ?? record.idMasked}</span> },
            { label: '电话', value: <span className="num">{record.phone}</span> },
            {
              label: '所属单位',
              value: record.orgId && <Link to={`/org/${record.orgId}`}>{view.orgName ?? '查看'}</Link>,
            },
          ]}
        />
      </Section>
      <Section title="任职" note={`${record.posts.length} 项`}>
        <Posts posts={record.posts} />
      </Section>
      <Section title="证书" note={`${record.certificates.length} 件`}>
        <Certificates rows={record.certificates} />
      </Section>
      <Slot name="person" id={record.id} side={false} />
      <Section title="经过">
        <Timeline acts={view.acts} />
      </Section>
    </CasePage>
  )
}

function Posts({ posts }: Pick<Person, 'posts'>) {
  if (posts.length === 0) return <Empty>没有在任的项目岗位</Empty>
  return (
    <table className="plain person-posts">
      <tbody>
        {posts.map(({ projectId, projectName, capacity }) => (
          <tr key={projectId + capacity}>
            <th scope="row">{capacities[capacity]}</th>
            <td>
              <Link to={`/project/${projectId}`}>{projectName}</Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Certificates({ rows }: { rows: Person['certificates'] }) {
  const today = useToday()
  if (rows.length === 0) return <Empty>没有登记证书</Empty>
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>证书</th>
          <th>编号</th>
          <th>有效期至</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ kind, number, validTo }) => (
          <tr key={kind + number}>
            <td>{kind}</td>
            <td className="num">{number}</td>
            <td>
              {validTo ? <When at={validTo} /> : '长期'} {validTo && validTo < today && <Tag tone="red">已过期</Tag>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function AmendForm(step: StepFormProps) {
  const view = usePerson().data
  if (!view) return <Loading />
  const { name, phone, orgId, certificates } = view.record
  // A masked number that nobody touched is not a change: sending it back would overwrite the real one.
  const changesOf = ({ phone: typed, ...rest }: Partial<Person>) => (typed === phone ? rest : { phone: typed, ...rest })
  return (
    <StepForm<Partial<Person>>
      step={step}
      initial={{ name, phone, orgId, certificates }}
      inputOf={changesOf}
      label="保存"
    >
      <PersonFields org={orgId ? { id: orgId, name: view.orgName ?? '所属单位' } : null} />
    </StepForm>
  )
}

function ReasonForm(step: StepFormProps) {
  return (
    <StepForm step={step}>
      <Form.Item name="reason" label="事由（留痕）" rules={[{ required: true, message: '请填写' }]}>
        <Input.TextArea rows={3} maxLength={200} showCount />
      </Form.Item>
    </StepForm>
  )
}

/** Named once: a form that is made anew with every drawing would lose what was typed. */
const forms = { amend: AmendForm, remove: ReasonForm, reveal: ReasonForm }
