import { capacities } from '@plumbline/core/access'
import { partyRoles, type Project } from '@plumbline/core/project'
import { TopBar } from '../../field/Shell.tsx'
import { Slot } from '../../kit/panels.tsx'
import { Empty, Facts, Failure, Holds, Loading, Section, StateTag, TierTag } from '../../kit/ui/index.ts'
import { Duties, factsOfProject, Phone } from './blocks.tsx'
import './project.css'
import { ProjectSteps } from './ProjectSteps.tsx'
import { useProject } from './view.ts'

/** 项目 on the phone: what holds it, whom to call, what every room has of it. */
export function FieldProjectPage() {
  const project = useProject()
  if (!project.data)
    return (
      <div className="field-stack">
        <TopBar title="项目" back="/projects" />
        {project.error ? <Failure error={project.error} again={() => void project.refetch()} /> : <Loading />}
      </div>
    )
  const view = project.data
  const { record, head } = view
  return (
    <div className="field-stack">
      <TopBar title={record.name} note={`${record.town} · ${head.stateLabel}`} back="/projects" />
      <Holds holds={view.holds} />
      {view.steps.length > 0 && (
        <Section title="现在该做">
          <ProjectSteps view={view} />
        </Section>
      )}
      <Section
        title="项目信息"
        note={
          <span className="project-tags">
            {view.tier !== 'calm' && <TierTag tier={view.tier} />}
            <StateTag label={head.stateLabel} open={head.open} />
          </span>
        }
      >
        <Facts facts={factsOfProject(view)} />
      </Section>
      <Section title="参建单位和人员">
        <Call record={record} />
      </Section>
      <Slot name="project" id={record.id} acts={view.acts} />
      <Section title="应设监管系统">
        <Duties duties={record.duties} />
      </Section>
    </div>
  )
}

/** Units with their people; a number is called by pressing it. */
function Call({ record }: { record: Project }) {
  const { parties, posts, contact } = record
  if (parties.length + posts.length === 0 && !contact.name) return <Empty>还没有填写参建单位</Empty>
  return (
    <>
      {contact.name && <Line role="联系人" name={contact.name} phone={contact.phone} />}
      {parties.map(({ role, orgId, orgName }) => (
        <div key={role + orgId}>
          <Line role={partyRoles[role]} name={orgName} />
          {posts
            .filter((post) => post.orgId === orgId)
            .map(({ capacity, personId, name, phone }) => (
              <Line key={capacity + personId} role={capacities[capacity]} name={name} phone={phone} />
            ))}
        </div>
      ))}
    </>
  )
}

function Line({ role, name, phone }: { role: string; name: string; phone?: string }) {
  return (
    <div className="project-phone">
      <div>
        {name}
        <div className="tiny muted">{role}</div>
      </div>
      {phone !== undefined && <Phone number={phone} />}
    </div>
  )
}
