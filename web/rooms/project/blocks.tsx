import { capacities } from '@plumbline/core/access'
import { partyRoles, type Project, type ProjectView, sectors, stages, tags } from '@plumbline/core/project'
import { Link } from 'react-router'
import { sayClause } from '../../kit/clause.ts'
import { mayOpen, useSession } from '../../kit/session.tsx'
import { CaseList, Count, Empty, type Fact, Money, Section, Tag, When } from '../../kit/ui/index.ts'
import { becauseWords, dutyWords, stateLabel } from './words.ts'

const place = ({ lon, lat }: Project['point']) => <span className="num">{`${lon.toFixed(6)}, ${lat.toFixed(6)}`}</span>

/** What a project is, as one reads it. */
export const factsOfProject = ({ record, authorityLabel }: ProjectView): Fact[] => [
  { label: '项目编码', value: <span className="num">{record.code}</span> },
  { label: '行业', value: sectors[record.sector].label },
  { label: '主管部门', value: authorityLabel },
  { label: '镇街', value: record.inZone ? `${record.town}（国家高新区内）` : record.town },
  { label: '地址', value: record.address },
  { label: '位置（CGCS2000）', value: place(record.point) },
  { label: '建筑面积', value: record.area === null ? null : <Count value={record.area} unit="㎡" /> },
  { label: '工程造价', value: <Money wan={record.cost} /> },
  { label: '类别', value: [record.category, ...record.tags.map((tag) => tags[tag])].filter(Boolean).join('、') },
]

/** 基本建设程序: which stage, on what papers, since when. */
export const procedureOf = ({ record }: ProjectView): Fact[] => [
  { label: '状态', value: stateLabel(record.state) },
  { label: '施工阶段', value: stages[record.stage] },
  { label: '施工许可证号', value: record.permitNo },
  { label: '登记日期', value: <When at={record.registeredOn} /> },
  { label: record.startedAt ? '开工日期' : '计划开工日期', value: record.startDay && <When at={record.startDay} /> },
  { label: '开工登记', value: record.startedAt && <When at={record.startedAt} /> },
]

export function Parties({ parties }: Pick<Project, 'parties'>) {
  if (parties.length === 0) return <Empty>还没有填写参建单位</Empty>
  return (
    <table className="plain">
      <tbody>
        {parties.map(({ role, orgId, orgName }) => (
          <tr key={role + orgId}>
            <th scope="row">{partyRoles[role]}</th>
            <td>
              <Link to={`/org/${orgId}`}>{orgName}</Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A number to call; one that is masked is only shown. */
export function Phone({ number }: { number: string }) {
  if (!number) return <span className="muted">—</span>
  return /^[\d+ -]+$/.test(number) ? (
    <a href={`tel:${number.replace(/\s/g, '')}`}>{number}</a>
  ) : (
    <span className="num">{number}</span>
  )
}

export function Posts({ posts, parties }: Pick<Project, 'posts' | 'parties'>) {
  const opens = mayOpen(useSession(), 'person.read')
  if (posts.length === 0) return <Empty>还没有填写关键岗位人员</Empty>
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>岗位</th>
          <th>姓名</th>
          <th>单位</th>
          <th>电话</th>
        </tr>
      </thead>
      <tbody>
        {posts.map(({ capacity, personId, orgId, name, phone }) => (
          <tr key={capacity + personId}>
            <td>{capacities[capacity]}</td>
            <td>{opens ? <Link to={`/person/${personId}`}>{name}</Link> : name}</td>
            <td>{parties.find((party) => party.orgId === orgId)?.orgName}</td>
            <td className="num">
              <Phone number={phone} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** 应设监管系统, with the criterion that obliges and its clause, said once where it is the same. */
export function Duties({ duties }: Pick<Project, 'duties'>) {
  if (duties.length === 0) return <Empty>按现行规定，本项目没有必须设置的监管系统。</Empty>
  return (
    <ul className="project-duties">
      {[...Map.groupBy(duties, ({ because, clause }) => `${because} ${clause}`).values()].map((alike) => (
        <li key={alike[0]!.duty}>
          <b>{alike.map(({ duty }) => dutyWords[duty]).join('、')}</b>：{becauseWords[alike[0]!.because]}
          <div className="tiny muted">依据 {sayClause(alike[0]!.clause)}</div>
        </li>
      ))}
    </ul>
  )
}

/** 完整度, and by name what is still to be filled in. */
export function Completeness({ view }: { view: ProjectView }) {
  const { missing, record } = view
  return (
    <Section title="信息完整度" note={`${record.completeness}%`} padded>
      <progress value={record.completeness} max={100} aria-label="信息完整度" style={{ width: '100%' }} />
      <p className="tiny muted" style={{ margin: 0 }}>
        {missing.length === 0 ? '应填信息均已填写。' : `尚缺：${missing.map(({ label }) => label).join('、')}。`}
      </p>
    </Section>
  )
}

/** 监督人员, and whom they took over from with what was open then. */
export function Supervision({ view }: { view: ProjectView }) {
  const { officers } = view.record
  return (
    <>
      <Section title="监督人员" note={officers.length > 0 && `${officers.length} 人`}>
        {officers.length === 0 && <Empty>还没有指派监督人员，指派前不能开工。</Empty>}
        <ul className="rows">
          {officers.map(({ personId, name, lead, since }) => (
            <li key={personId}>
              <Tag tone={lead ? 'blue' : 'plain'}>{lead ? '主办' : '协办'}</Tag>
              <span>{name}</span>
              <span className="tiny muted">
                自 <When at={since} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
      {view.handovers.map((one) => (
        <Handed key={one.at} handover={one} view={view} />
      ))}
    </>
  )
}

const names = (people: readonly { name: string }[]) => people.map(({ name }) => name).join('、') || '无'

function Handed({ handover, view }: { handover: ProjectView['handovers'][number]; view: ProjectView }) {
  const { at, reason, leaving, coming, cases } = handover
  const rows = cases.map((one) => ({
    ...one,
    state: one.stateLabel,
    open: true,
    projectId: view.record.id,
    projectName: null,
    since: at,
  }))
  return (
    <Section title="移交清单" note={<When at={at} />}>
      <p className="card-body" style={{ margin: 0 }}>
        移出 {names(leaving)}，接手 {names(coming)}。{reason && `事由：${reason}。`}
        {cases.length === 0 ? '当时没有未办结的事项。' : `当时未办结 ${cases.length} 件：`}
      </p>
      <CaseList rows={rows} />
    </Section>
  )
}
