import { capacities } from '@plumbline/core/access'
import { type Account, accountContract } from '@plumbline/core/account'
import { sessionContract } from '@plumbline/core/base'
import type { Reply } from '@plumbline/core/kit'
import type { ActAsk } from '@plumbline/core/workflow'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useAct, useRoute, useSend } from '../../kit/api.ts'
import { Slot } from '../../kit/panels.tsx'
import { CasePage, Empty, Facts, Loaded, Section, StateTag, Steps, Tag, Timeline, When } from '../../kit/ui/index.ts'
import { Once } from './Once.tsx'
import { AppointForm, DismissForm, OwnPasswordForm, ReasonForm } from './step-forms.tsx'

const forms = {
  appoint: AppointForm,
  dismiss: DismissForm,
  disable: ReasonForm,
  enable: ReasonForm,
  change_password: OwnPasswordForm,
}

/** 账号与任职 of one person. Passwords have doors of their own, beside the other steps. */
export function AccountPage() {
  const { id = '' } = useParams()
  const found = useRoute(accountContract.get, { params: { id } })
  return <Loaded found={found}>{(view) => <Shown view={view} />}</Loaded>
}

function Shown({ view: { record, head, steps, acts } }: { view: Reply<typeof accountContract.get> }) {
  const { id } = record
  const act = useAct(accountContract.act, id)
  const reset = useSend(accountContract.setPassword)
  const change = useSend(sessionContract.changePassword)
  const [password, setPassword] = useState<string | null>()

  const onAct = async (ask: ActAsk) => {
    const { requestId } = ask
    if (ask.action === 'set_password')
      setPassword((await reset.mutateAsync({ params: { id }, body: { requestId } })).password)
    else if (ask.action === 'change_password')
      await change.mutateAsync({ body: { ...(ask.input as { old: string; new: string }), requestId } })
    else await act(ask)
  }
  return (
    <CasePage
      title={record.name}
      crumbs={[{ label: '账号', to: '/accounts' }, { label: record.login }]}
      tags={<StateTag label={head.stateLabel} open={record.state === 'active'} />}
      side={
        <>
          <Section title="现在该做">
            <Steps steps={steps} onAct={onAct} forms={forms} note="任命、免职和停用即时生效。" />
          </Section>
          <Slot name="case" id={record.id} acts={acts} side />
        </>
      }
    >
      {password !== undefined && (
        <div role="status">
          <Once name={record.name} password={password} />
        </div>
      )}
      <Section title="账号">
        <Facts
          facts={[
            { label: '登录名', value: <span className="num">{record.login}</span> },
            { label: '人员', value: <Link to={`/person/${record.personId}`}>{record.name}</Link> },
            { label: '演示人员', value: record.demoKey ? '是' : '否' },
          ]}
        />
      </Section>
      <Section title="任职" note={`${record.appointments.length} 项`}>
        <Appointments rows={record.appointments} />
      </Section>
      <Section title="经过">
        <Timeline acts={acts} />
      </Section>
    </CasePage>
  )
}

function Appointments({ rows }: { rows: Account['appointments'] }) {
  if (rows.length === 0) return <Empty>还没有任命，不能办理任何事项</Empty>
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>职责</th>
          <th>范围</th>
          <th>执法证号</th>
          <th>任职起止</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => (
          <tr key={one.id}>
            <td>
              {capacities[one.capacity]} {one.until && <Tag tone="plain">已免去</Tag>}
            </td>
            <td>
              {one.scope}
              <div className="tiny num">
                {one.districts.length > 0 && <span className="muted">{one.districts.join('、')}</span>}
                {one.orgId && <Link to={`/org/${one.orgId}`}>单位</Link>}
                {one.projectId && <Link to={`/project/${one.projectId}`}>　项目</Link>}
              </div>
            </td>
            <td className="num">{one.certificate}</td>
            <td>
              <When at={one.since} day /> 至 {one.until ? <When at={one.until} day /> : '今'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
