import { pourContract, type PourView } from '@plumbline/core/danger-work'
import type { ComponentType, ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { useAct, useRoute } from '../../kit/api.ts'
import { type FailedProps, Facts, Loaded, Section, Steps, Tag, Timeline, When } from '../../kit/ui/index.ts'
import './danger-work.css'
import { pourForms } from './StepForms.tsx'
import { FreshnessTag, sayPlan } from './words.tsx'

interface PourFrameProps {
  Failed?: ComponentType<FailedProps>
  children: (view: PourView) => ReactNode
}

/** The pour order of the address, at the desk and on the phone alike; its devices change without acts. */
export function PourFrame({ Failed, children }: PourFrameProps) {
  const { id = '' } = useParams()
  const found = useRoute(pourContract.get, { params: { id } }, { refetchInterval: 5_000 })
  return (
    <Loaded found={found} {...(Failed ? { Failed } : {})}>
      {children}
    </Loaded>
  )
}

export function PourSteps({ view }: { view: PourView }) {
  const act = useAct(pourContract.act, view.record.id)
  return (
    <Steps
      steps={view.steps}
      onAct={act}
      forms={pourForms}
      note="监测设备出现红色报警时，系统自动停止浇筑并通知项目经理、专职安全员和总监理工程师。"
    />
  )
}

/** Devices that watch, facts, stops and 经过. */
export function PourParts({ view }: { view: PourView }) {
  const { record, watch, acts } = view
  return (
    <>
      <Section title="监测设备">
        <ul className="rows">
          {watch.map(({ id, name, freshness, alarms }) => (
            <li key={id}>
              <FreshnessTag of={freshness} />
              <div>
                <Link className="title" to={`/device/${id}`}>
                  {name}
                </Link>
                {alarms.map((alarm) => (
                  <div key={alarm.id}>
                    <Tag tone="red">报警</Tag>{' '}
                    <Link className="num" to={`/alarm/${alarm.id}`}>
                      {alarm.title}
                    </Link>
                  </div>
                ))}
              </div>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="事实">
        <Facts facts={factsOf(view)} />
      </Section>
      {record.suspensions.length > 0 && <Stops view={view} />}
      <Section title="经过">
        <Timeline acts={acts} />
      </Section>
    </>
  )
}

const factsOf = ({ record }: PourView) => [
  { label: '项目', value: <Link to={`/project/${record.projectId}`}>{record.projectName}</Link> },
  { label: '浇筑区域', value: record.zone },
  { label: '计划时间', value: <span className="num">{sayPlan(record)}</span> },
  { label: '专项施工方案', value: record.scheme },
  { label: '申请', value: record.applied && <Who by={record.applied} /> },
  { label: '签发', value: record.signed && <Who by={record.signed} /> },
  { label: '签发意见', value: record.signed?.opinion, wide: true },
  { label: '开始浇筑', value: record.startedAt && <When at={record.startedAt} /> },
  { label: '结束', value: record.endedAt && <When at={record.endedAt} /> },
]

const Who = ({ by }: { by: { name: string; at: string } }) => (
  <>
    {by.name} <When at={by.at} />
  </>
)

function Stops({ view: { record } }: { view: PourView }) {
  return (
    <Section title="停止与恢复" note={`${record.suspensions.length} 次`}>
      <ul className="rows pour-stops">
        {record.suspensions.map(({ alarmId, reason, by, resumed }) => (
          <li key={by.at}>
            <When at={by.at} />
            <div>
              {alarmId ? <Link to={`/alarm/${alarmId}`}>{reason}</Link> : `${by.name}：${reason}`}
              <div className={resumed ? 'muted' : undefined}>
                {resumed ? (
                  <>
                    <When at={resumed.at} /> {resumed.name} 恢复浇筑：{resumed.check}
                  </>
                ) : (
                  '没有恢复'
                )}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
