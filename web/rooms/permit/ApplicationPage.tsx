import { Slot } from '../../kit/panels.tsx'
import { CasePage, Section, StateTag, Timeline } from '../../kit/ui/index.ts'
import { ApplicationParts } from './Application.tsx'
import { ApplicationFrame, ApplicationSteps } from './ApplicationFrame.tsx'

/** 联合验收申请: form, materials, gaps, what to do now. */
export const ApplicationPage = () => (
  <ApplicationFrame>
    {(view) => (
      <CasePage
        title={`联合验收申请 ${view.record.number ?? '未编号'}`}
        crumbs={[
          { label: '联合验收申请', to: '/permit' },
          { label: view.record.projectName, to: `/project/${view.record.projectId}` },
        ]}
        tags={<StateTag label={view.head.stateLabel} open={view.head.open} />}
        lead={`${view.record.projectName} · 建设单位 ${view.record.ownerName}`}
        side={
          <>
            <Section title="现在该做">
              <ApplicationSteps view={view} width={720} />
            </Section>
            <Slot name="case" id={view.record.id} acts={view.acts} side />
          </>
        }
      >
        <ApplicationParts view={view} />
        <Section title="经过">
          <Timeline acts={view.acts} />
        </Section>
      </CasePage>
    )}
  </ApplicationFrame>
)
