import { Slot } from '../../kit/panels.tsx'
import { CasePage, Section } from '../../kit/ui/index.ts'
import { PourFrame, PourParts, PourSteps } from './PourFrame.tsx'
import { PourTag, sayPlan } from './words.tsx'

/** 混凝土浇筑令: what to do now, the devices that watch, what happened. */
export const PourPage = () => (
  <PourFrame>
    {(view) => (
      <CasePage
        title={`${view.record.zone} 混凝土浇筑令`}
        crumbs={[
          { label: '混凝土浇筑令', to: '/pours' },
          { label: view.record.projectName, to: `/project/${view.record.projectId}` },
        ]}
        tags={<PourTag state={view.record.state} />}
        lead={<span className="num">计划 {sayPlan(view.record)}</span>}
        side={
          <>
            <Section title="现在该做">
              <PourSteps view={view} />
            </Section>
            <Slot name="case" id={view.record.id} acts={view.acts} side />
          </>
        }
      >
        <PourParts view={view} />
      </CasePage>
    )}
  </PourFrame>
)
