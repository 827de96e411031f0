import { getCause, sayValue } from '@plumbline/core/telemetry'
import { Slot } from '../../kit/panels.tsx'
import { CasePage, Loaded, Section } from '../../kit/ui/index.ts'
import { AlarmParts, AlarmSteps, useAlarm } from './alarm-parts.tsx'
import type { AlarmView } from './AroundChart.tsx'
import './telemetry.css'
import { AlarmState } from './words.tsx'

export const AlarmPage = () => <Loaded found={useAlarm()}>{(view) => <Shown view={view} />}</Loaded>

function Shown({ view }: { view: AlarmView }) {
  const { record } = view
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
        <>
          <Section title="现在该做">
            <AlarmSteps view={view} note="确认只说明已经知悉；数值回落后自动解除。" />
          </Section>
          <Slot name="case" id={record.id} acts={view.acts} side />
        </>
      }
    >
      <AlarmParts view={view} linked />
    </CasePage>
  )
}
