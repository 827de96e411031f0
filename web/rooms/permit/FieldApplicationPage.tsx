import { FieldFailure, TopBar } from '../../field/Shell.tsx'
import { Slot } from '../../kit/panels.tsx'
import { Section, StateTag, Timeline } from '../../kit/ui/index.ts'
import { ApplicationParts } from './Application.tsx'
import { ApplicationFrame, ApplicationSteps } from './ApplicationFrame.tsx'

/** The application on the phone, where the inbox leads. */
export const FieldApplicationPage = () => (
  <ApplicationFrame Failed={FieldFailure}>
    {(view) => (
      <div className="field-stack">
        <TopBar title={view.record.projectName} note={`联合验收申请 ${view.record.number ?? '未编号'}`} back="/" />
        <StateTag label={view.head.stateLabel} open={view.head.open} />
        <Section title="现在该做">
          <ApplicationSteps view={view} />
        </Section>
        <ApplicationParts view={view} />
        <Section title="经过">
          <Timeline acts={view.acts} />
        </Section>
        <Slot name="case" id={view.record.id} acts={view.acts} />
      </div>
    )}
  </ApplicationFrame>
)
