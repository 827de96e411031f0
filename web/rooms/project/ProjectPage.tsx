import type { ProjectView } from '@plumbline/core/project'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Slot, useCaseLists } from '../../kit/panels.tsx'
import {
  CasePage,
  CountLink,
  Empty,
  Facts,
  Holds,
  Loaded,
  Section,
  StateTag,
  TierTag,
  Timeline,
  When,
} from '../../kit/ui/index.ts'
import { Completeness, Duties, factsOfProject, Parties, Posts, procedureOf, Supervision } from './blocks.tsx'
import './project.css'
import { ProjectSteps } from './ProjectSteps.tsx'
import { useProject } from './view.ts'

/** The five blocks of 项目 360°. */
const blocks = [
  ['procedure', '基本建设程序'],
  ['parties', '参建单位'],
  ['posts', '关键岗位人员'],
  ['safety', '质量安全状况'],
  ['supervision', '监督信息'],
] as const

export function ProjectPage() {
  return <Loaded found={useProject()}>{(view) => <Shown view={view} />}</Loaded>
}

function Shown({ view }: { view: ProjectView }) {
  const { record, head } = view
  return (
    <CasePage
      title={record.name}
      crumbs={[
        { label: '项目库', to: '/projects' },
        { label: record.town, to: `/projects?town=${record.district}` },
      ]}
      tags={
        <>
          {view.tier !== 'calm' && <TierTag tier={view.tier} />}
          <StateTag label={head.stateLabel} open={head.open} />
        </>
      }
      lead={
        <nav className="project-blocks" aria-label="本页内容">
          {blocks.map(([key, title]) => (
            <a key={key} href={`#${key}`}>
              {title}
            </a>
          ))}
        </nav>
      }
      side={
        <>
          <Section title="现在该做">
            <ProjectSteps view={view} />
          </Section>
          <Section title="应设监管系统" note={`${record.duties.length} 项`}>
            <Duties duties={record.duties} />
          </Section>
          <Completeness view={view} />
          <Slot name="project" id={record.id} acts={view.acts} side />
        </>
      }
    >
      <Holds holds={view.holds} />
      <Stops view={view} />
      <Section title="项目信息">
        <Facts facts={factsOfProject(view)} />
      </Section>
      <Block id="procedure">
        <Section title="基本建设程序">
          <Facts facts={procedureOf(view)} />
        </Section>
      </Block>
      <Block id="parties">
        <Section title="参建单位" note={`联系人 ${record.contact.name || '未填写'} ${record.contact.phone}`}>
          <Parties parties={record.parties} />
        </Section>
      </Block>
      <Block id="posts">
        <Section title="关键岗位人员">
          <Posts posts={record.posts} parties={record.parties} />
        </Section>
      </Block>
      <Block id="safety">
        <Section title="质量安全状况">
          <Counts view={view} />
        </Section>
        <Slot name="project" id={record.id} side={false} />
      </Block>
      <Block id="supervision">
        <Supervision view={view} />
      </Block>
      <Section title="经过">
        <Timeline acts={view.acts} />
      </Section>
    </CasePage>
  )
}

const Block = ({ id, children }: { id: string; children: ReactNode }) => (
  <div id={id} className="project-block">
    {children}
  </div>
)

/** The stops that stand; one by a legal order names the order, which alone can lift it. */
function Stops({ view }: { view: ProjectView }) {
  if (view.record.stops.length === 0) return null
  return (
    <Section title="停工" padded>
      <ul className="project-plain">
        {view.record.stops.map(({ because, reason, since }) => (
          <li key={since + reason}>
            自 <When at={since} />：{reason}
            {because && <Link to={`/rectification/${because}`}>　查看责令停工的文书</Link>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** How many cases of each kind the project has, and how many are open; each room's panel below lists its own. */
function Counts({ view }: { view: ProjectView }) {
  const lists = useCaseLists()
  const at = (room: string, kinds: boolean[]) =>
    kinds.map((open) => lists[room]?.(view.record.id, open)).find((to) => to !== undefined)
  const rows = view.counts.filter(({ room }) => room !== 'project')
  if (rows.length === 0) return <Empty>还没有检查、整改或报警记录</Empty>
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>事项</th>
          <th>未办结</th>
          <th>合计</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ room, title, open, total }) => (
          <tr key={room}>
            <td>{title}</td>
            <td className="num">
              <Opens count={open} to={at(room, open === total ? [true, false] : [true])} label={`${title}未办结`} />
            </td>
            <td className="num">
              <Opens count={total} to={at(room, open === total ? [false, true] : [false])} label={`${title}合计`} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A number opens its rows where some list shows just these. */
const Opens = ({ count, to, label }: { count: number; to: string | undefined; label: string }) =>
  to && count > 0 ? <CountLink value={count} to={to} label={label} /> : count
