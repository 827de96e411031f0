import { getCause, sayValue, telemetryContract } from '@plumbline/core/telemetry'
import { useMemo } from 'react'
import { TopBar } from '../../field/Shell.tsx'
import { useAct } from '../../kit/api.ts'
import { Failure, Loading, Section, Steps } from '../../kit/ui/index.ts'
import { alarmForms } from './alarm-forms.tsx'
import { AlarmParts, useAlarm } from './alarm-parts.tsx'
import type { AlarmView } from './AroundChart.tsx'
import './telemetry.css'
import { AlarmState } from './words.tsx'

/** The alarm on the phone, where the inbox leads. */
export function FieldAlarmPage() {
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
    <div className="field-stack">
      <TopBar title={sayValue(record)} note={`${record.projectName} ${record.deviceName}`} back="/" />
      <div>
        <AlarmState alarm={record} /> <span className="muted">{getCause(record.cause).title}</span>
      </div>
      <Section title="现在该做">
        <Steps steps={steps} onAct={act} forms={forms} />
      </Section>
      <AlarmParts view={view} linked={false} />
    </div>
  )
}
