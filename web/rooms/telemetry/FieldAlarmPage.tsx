import { telemetryContract } from '@plumbline/core/telemetry'
import { TopBar } from '../../field/Shell.tsx'
import { useAct } from '../../kit/api.ts'
import { Failure, Loading, Section, Steps } from '../../kit/ui/index.ts'
import { alarmForms, AlarmParts, useAlarm } from './alarm-parts.tsx'
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
  const { record, steps } = view
  const act = useAct(telemetryContract.act, record.id)
  return (
    <div className="field-stack">
      <TopBar
        title={`${record.quantityName} ${record.value} ${record.unit}`}
        note={`${record.projectName} ${record.deviceName}`}
        back="/"
      />
      <div>
        <AlarmState alarm={record} />
      </div>
      <Section title="现在该做">
        <Steps steps={steps} onAct={act} forms={alarmForms} />
      </Section>
      <AlarmParts view={view} linked={false} />
    </div>
  )
}
