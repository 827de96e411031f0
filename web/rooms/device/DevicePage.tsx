import { deviceContract, getModel, kindNames } from '@plumbline/core/device'
import type { ActAsk } from '@plumbline/core/workflow'
import { useAct } from '../../kit/api.ts'
import { Slot } from '../../kit/panels.tsx'
import { mayOpen, useLegalNow, useSession } from '../../kit/session.tsx'
import { CasePage, Facts, Loaded, Section, StateTag, Steps, Timeline } from '../../kit/ui/index.ts'
import { Connecting } from './Connecting.tsx'
import { Conversation } from './Conversation.tsx'
import './device.css'
import { factsOf } from './facts.tsx'
import { NewPassword } from './NewPassword.tsx'
import { deviceForms } from './step-forms.tsx'
import { type DeviceView, useDevice } from './view.ts'
import { FreshnessTag } from './words.tsx'

export const DevicePage = () => <Loaded found={useDevice()}>{(view) => <Shown view={view} />}</Loaded>

/** Steps with a route of their own are not among those that the one button row sends. */
const apart = ['set_password', 'switch']
/** What those may do who look after a device without keeping the register. */
const tending = ['hand_over', 'note', 'explain_offline', 'interlock', 'release']

function Shown({ view }: { view: DeviceView }) {
  const { record, head, line, acts } = view
  const keep = useAct(deviceContract.act, record.id)
  const tend = useAct(deviceContract.tend, record.id)
  const session = useSession()
  const now = useLegalNow()
  const onboards = mayOpen(session, 'device.onboard')
  const tends = mayOpen(session, 'device.act')
  const model = getModel(record.modelCode)
  const act = (ask: ActAsk) => (tending.includes(ask.action) ? tend(ask) : keep(ask))
  const steps = view.steps.filter(({ action }) =>
    tending.includes(action) ? tends : onboards && !apart.includes(action),
  )
  const mayRenew = onboards && view.steps.some(({ action }) => action === 'set_password')
  return (
    <CasePage
      title={record.name}
      crumbs={[
        { label: '监测设备', to: '/devices' },
        { label: record.projectName, to: `/project/${record.projectId}` },
      ]}
      tags={
        <>
          <StateTag label={head.stateLabel} open={head.open} />
          {head.open && <FreshnessTag freshness={line.freshness} />}
        </>
      }
      lead={
        <>
          {kindNames[record.kind]} · 编号 <span className="num">{record.mn}</span>
        </>
      }
      side={
        <>
          <Section title="现在该做">
            <Steps steps={steps} onAct={act} forms={deviceForms} width={860} />
            {mayRenew && <NewPassword id={record.id} protocol={model.protocol} />}
          </Section>
          <Slot name="device" id={record.id} acts={acts} side />
        </>
      }
    >
      <Section title="事实">
        <Facts facts={factsOf(view, now)} />
      </Section>
      {onboards && record.state === 'pending' && <Connecting record={record} />}
      <Slot name="device" id={record.id} side={false} />
      {onboards && record.state === 'live' && <Connecting record={record} />}
      <Conversation id={record.id} model={model} />
      <Section title="经过">
        <Timeline acts={acts} />
      </Section>
    </CasePage>
  )
}
