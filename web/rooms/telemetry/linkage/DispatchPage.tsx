import { Slot } from '../../../kit/panels.tsx'
import { CasePage, Section } from '../../../kit/ui/index.ts'
import { DispatchFrame, DispatchParts, DispatchSteps, DispatchTag } from './dispatch-parts.tsx'

/** 洒水车调度单: what to do now, the truck's way, what its water did. */
export const DispatchPage = () => (
  <DispatchFrame>
    {(view) => (
      <CasePage
        title={`${view.record.plate} 洒水降尘`}
        crumbs={[
          { label: '洒水车调度', to: '/dispatches' },
          { label: view.record.projectName, to: `/project/${view.record.projectId}` },
        ]}
        tags={<DispatchTag state={view.record.state} />}
        lead={view.record.reason}
        side={
          <>
            <Section title="现在该做">
              <DispatchSteps view={view} />
            </Section>
            <Slot name="case" id={view.record.id} acts={view.acts} side />
          </>
        }
      >
        <DispatchParts view={view} linked />
      </CasePage>
    )}
  </DispatchFrame>
)
