import { deviceContract, getModel, isActuator, kindNames } from '@plumbline/core/device'
import { Link } from 'react-router'
import { useAct } from '../../kit/api.ts'
import { Slot } from '../../kit/panels.tsx'
import { mayOpen, useSession } from '../../kit/session.tsx'
import { CasePage, Facts, Failure, Loading, Section, StateTag, Steps, Timeline, When } from '../../kit/ui/index.ts'
import { Checks } from './Checks.tsx'
import { Conversation } from './Conversation.tsx'
import './device.css'
import { NewPassword } from './NewPassword.tsx'
import { deviceForms } from './step-forms.tsx'
import { type DeviceView, useDevice } from './view.ts'
import { crcModes, endings, FreshnessTag, unitProfiles } from './words.tsx'

export function DevicePage() {
  const device = useDevice()
  if (device.error && !device.data) return <Failure error={device.error} again={() => void device.refetch()} />
  if (!device.data) return <Loading />
  return <Shown view={device.data} />
}

/** Steps with a route of their own are not among those that the one button row sends. */
const apart = ['set_password']

function Shown({ view }: { view: DeviceView }) {
  const { record, head, line, acts } = view
  const act = useAct(deviceContract.act, record.id)
  const onboards = mayOpen(useSession(), 'device.onboard')
  const steps = view.steps.filter(({ action }) => onboards && !apart.includes(action))
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
          {kindNames[record.kind]} · MN <span className="num">{record.mn}</span>
        </>
      }
      side={
        <>
          <Section title="现在该做">
            <Steps steps={steps} onAct={act} forms={deviceForms} />
            {mayRenew && <NewPassword id={record.id} />}
          </Section>
          <Section title="接入核对" padded>
            <Checks view={view} />
          </Section>
          <Slot name="device" id={record.id} side />
        </>
      }
    >
      <Section title="事实">
        <Facts facts={factsOf(view)} />
      </Section>
      <Slot name="device" id={record.id} side={false} />
      <Conversation id={record.id} />
      <Section title="经过">
        <Timeline acts={acts} />
      </Section>
    </CasePage>
  )
}

function factsOf({ record, line, beside }: DeviceView) {
  const linked = beside.find(({ id }) => id === record.linkedTo)
  const openers = beside.filter(({ kind }) => isActuator(record.kind) && kind === 'dust')
  return [
    { label: '项目', value: <Link to={`/project/${record.projectId}`}>{record.projectName}</Link> },
    { label: '型号', value: getModel(record.modelCode).title },
    { label: '接入时间', value: record.liveAt && <When at={record.liveAt} /> },
    ...(record.kind === 'dust'
      ? [
          {
            label: '联动喷淋',
            value: linked ? (
              <>
                <Link to={`/device/${linked.id}`}>{linked.name}</Link> {record.linkedUnit} 号
              </>
            ) : (
              '未设置'
            ),
          },
          { label: '颗粒物单位', value: unitProfiles[record.unitProfile] },
        ]
      : [
          {
            label: '联动它的监测点',
            value: openers.length
              ? openers.map(({ id, name }) => (
                  <div key={id}>
                    <Link to={`/device/${id}`}>{name}</Link>
                  </div>
                ))
              : '未设置',
          },
        ]),
    { label: '校验与结束符', value: `${crcModes[record.crcMode]}，${endings[record.ending]}` },
    { label: '来自', value: line.address && <span className="num">{line.address}</span> },
    { label: '最近通信', value: <When at={line.heardAt} /> },
    {
      label: '报文',
      value: (
        <span className="num">
          有效 {line.good}，有误 {line.bad}，密码不符等 {line.refused}，重复 {line.duplicates}，时间异常{' '}
          {line.quarantined}
        </span>
      ),
      wide: true,
    },
  ]
}
