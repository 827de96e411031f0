import { FieldFailure, TopBar } from '../../field/Shell.tsx'
import { Slot } from '../../kit/panels.tsx'
import { Section } from '../../kit/ui/index.ts'
import { PourFrame, PourParts, PourSteps } from './PourFrame.tsx'
import { PourTag } from './words.tsx'

/** The pour order on the phone, where the inbox and the red message lead. */
export const FieldPourPage = () => (
  <PourFrame Failed={FieldFailure}>
    {(view) => (
      <div className="field-stack">
        <TopBar title={view.record.zone} note={`混凝土浇筑令 ${view.record.projectName}`} back="/" />
        <div>
          <PourTag state={view.record.state} />
        </div>
        <Section title="现在该做">
          <PourSteps view={view} />
        </Section>
        <PourParts view={view} />
        <Slot name="case" id={view.record.id} acts={view.acts} />
      </div>
    )}
  </PourFrame>
)
