import { getCause, sayValue } from '@plumbline/core/telemetry'
import { FieldFailure, TopBar } from '../../field/Shell.tsx'
import { Slot } from '../../kit/panels.tsx'
import { Loaded, Section } from '../../kit/ui/index.ts'
import { AlarmParts, AlarmSteps, useAlarm } from './alarm-parts.tsx'
import type { AlarmView } from './AroundChart.tsx'
import './telemetry.css'
import { AlarmState } from './words.tsx'

/** The alarm on the phone, where the inbox leads. */
export const FieldAlarmPage = () => (
  <Loaded found={useAlarm()} Failed={FieldFailure}>
    {(view) => <Shown view={view} />}
  </Loaded>
)

function Shown({ view }: { view: AlarmView }) {
  const { record } = view
  return (
    <div className="field-stack">
      <TopBar title={sayValue(record)} note={`${record.projectName} ${record.deviceName}`} back="/" />
      <div>
        <AlarmState alarm={record} /> <span className="muted">{getCause(record.cause).title}</span>
      </div>
      <Section title="现在该做">
        <AlarmSteps view={view} />
      </Section>
      <AlarmParts view={view} linked={false} />
      <Slot name="case" id={record.id} acts={view.acts} />
    </div>
  )
}
