import { type ProjectCount, projectContract } from '@plumbline/core/project'
import { useRoute } from '../../kit/api.ts'
import { Slot } from '../../kit/panels.tsx'
import { CountLink, Empty, Failure, Loading, Page, Section } from '../../kit/ui/index.ts'
import { FilterBar } from './FilterBar.tsx'
import { filterLink, sayFilter, useFilter } from './filter.ts'
import { useTowns } from './found.ts'
import './project.css'

const groups = [
  ['town', '按镇街'],
  ['sector', '按行业'],
  ['authority', '按主管部门'],
  ['tag', '按类别标签'],
  ['state', '按状态'],
  ['tier', '按预警'],
  ['duty', '按应设系统'],
] as const

/** 统计: how the projects under the filter divide; every number opens its rows. */
export function StatisticsPage() {
  const { filter, setFilter, clear } = useFilter()
  const towns = useTowns()
  const counts = useRoute(projectContract.counts, { query: filter })
  return (
    <Page
      title="项目统计"
      crumbs={[{ label: '项目库', to: filterLink(filter) }, { label: '统计' }]}
      lead={`${sayFilter(filter, towns)}${counts.data ? `，共 ${counts.data.total} 个` : ''}`}
    >
      <section className="card toolbar" aria-label="筛选">
        <div className="filters">
          <FilterBar filter={filter} towns={towns} onChange={setFilter} onClear={clear} />
        </div>
      </section>
      {counts.error && <Failure error={counts.error} again={() => void counts.refetch()} />}
      {counts.isPending && !counts.error && <Loading />}
      {counts.data && (
        <div className="project-statistics">
          {groups.map(([name, title]) => (
            <Group key={name} title={title} rows={counts.data[name]} />
          ))}
        </div>
      )}
      <Slot name="statistics" />
    </Page>
  )
}

function Group({ title, rows }: { title: string; rows: readonly ProjectCount[] }) {
  const most = Math.max(1, ...rows.map(({ count }) => count))
  return (
    <Section title={title}>
      {rows.length === 0 && <Empty>没有符合条件的项目</Empty>}
      <table className="plain">
        <tbody>
          {rows.map(({ key, label, count, filter }) => (
            <tr key={key}>
              <th scope="row">{label}</th>
              <td className="project-bar" aria-hidden>
                <i style={{ width: `${(count / most) * 100}%` }} />
              </td>
              <td className="num project-count">
                <CountLink value={count} to={filterLink(filter)} label={label} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
