import { FieldFailure, TopBar } from '../../../field/Shell.tsx'
import { Slot } from '../../../kit/panels.tsx'
import { Section } from '../../../kit/ui/index.ts'
import { DispatchFrame, DispatchParts, DispatchSteps, DispatchTag } from './dispatch-parts.tsx'

/** The call on the phone, where its messages lead. */
export const FieldDispatchPage = () => (
  <DispatchFrame Failed={FieldFailure}>
    {(view) => (
      <div className="field-stack">
        <TopBar title={`${view.record.plate} 洒水降尘`} note={view.record.projectName} back="/" />
        <div>
          <DispatchTag state={view.record.state} />
        </div>
        <Section title="现在该做">
          <DispatchSteps view={view} />
        </Section>
        <DispatchParts view={view} linked />
        <Slot name="case" id={view.record.id} acts={view.acts} />
      </div>
    )}
  </DispatchFrame>
)
