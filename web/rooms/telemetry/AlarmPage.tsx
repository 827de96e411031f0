import { getCause, sayValue, telemetryContract } from '@plumbline/core/telemetry'
import { useMemo } from 'react'
import { useAct } from '../../kit/api.ts'
import { CasePage, Failure, Loading, Section, Steps } from '../../kit/ui/index.ts'
import { alarmForms } from './alarm-forms.tsx'
import { AlarmParts, useAlarm } from './alarm-parts.tsx'
import type { AlarmView } from './AroundChart.tsx'
import './telemetry.css'
import { AlarmState } from './words.tsx'

export function AlarmPage() {
  const alarm = useAlarm()
  if (alarm.error && !alarm.data) return <Failure error={alarm.error} again={() => void alarm.refetch()} />
  if (!alarm.data) return <Loading />
  return <Shown view={alarm.data} />
}

function Shown({ view }: { view: AlarmView }) {
  const { record, steps, shelveMost } = view
  const act = useAct(telemetryContract.act, record.id)
  const forms = useMemo(() => alarmForms(shelveMost), [shelveMost])
  return (
    <CasePage
      title={sayValue(record)}
      crumbs={[
        { label: '监测报警', to: '/alarms' },
        { label: record.projectName, to: `/project/${record.projectId}` },
      ]}
      tags={<AlarmState alarm={record} />}
      lead={`${getCause(record.cause).title} · ${record.deviceName}`}
      side={
        <Section title="现在该做">
          <Steps steps={steps} onAct={act} forms={forms} note="确认只说明已经知悉；数值回落后自动解除。" />
        </Section>
      }
    >
      <AlarmParts view={view} linked />
    </CasePage>
  )
}
