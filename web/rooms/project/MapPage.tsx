import { projectContract, type Site } from '@plumbline/core/project'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { MapView } from '../../kit/map/index.ts'
import { CountLink, Empty, Failure, Loading, Page, Section, Tag, tierWords } from '../../kit/ui/index.ts'
import { FilterBar } from './FilterBar.tsx'
import { filterLink, sayFilter, useFilter } from './filter.ts'
import { useTowns } from './found.ts'
import './project.css'
import { stateLabel } from './words.ts'

const loudness = { red: 0, yellow: 1, calm: 2 } as const
const loudFirst = (rows: readonly Site[]) =>
  rows.toSorted(
    (one, other) => loudness[one.tier] - loudness[other.tier] || one.name.localeCompare(other.name, 'zh-CN'),
  )

/** 一张图: every site within reach by its tier, the same filter as the list, the list beside it. */
export function MapPage() {
  const navigate = useNavigate()
  const { filter, setFilter, clear } = useFilter()
  const towns = useTowns()
  const sites = useRoute(projectContract.sites, { query: filter })
  const counts = useRoute(projectContract.counts, { query: filter })
  const rows = sites.data?.rows ?? []
  return (
    <Page title="一张图" lead={sayFilter(filter, towns)}>
      <section className="card toolbar" aria-label="筛选">
        <div className="filters">
          <FilterBar filter={filter} towns={towns} onChange={setFilter} onClear={clear} />
        </div>
      </section>
      {sites.error && <Failure error={sites.error} again={() => void sites.refetch()} />}
      <div className="project-map">
        <Section
          title="工地"
          note={
            <span className="project-legend">
              {[...(counts.data?.tier ?? []), ...(counts.data?.state ?? [])].map((one) => (
                <span key={one.label}>
                  {one.label} <CountLink value={one.count} to={filterLink(one.filter)} label={one.label} />
                </span>
              ))}
            </span>
          }
        >
          <MapView
            towns={towns}
            sites={rows}
            height={560}
            list={false}
            onOpen={(id) => void navigate(`/project/${id}`)}
          />
        </Section>
        <Section title="项目" note={sites.data && `${rows.length} 个`}>
          {sites.isPending && !sites.error && <Loading />}
          {sites.data && rows.length === 0 && <Empty>没有符合条件的工地。</Empty>}
          <SiteRows rows={loudFirst(rows)} />
        </Section>
      </div>
    </Page>
  )
}

const step = 60

function SiteRows({ rows }: { rows: readonly Site[] }) {
  const [shown, setShown] = useState(step)
  return (
    <div className="project-sites" tabIndex={0} role="group" aria-label="工地列表">
      <ul>
        {rows.slice(0, shown).map((site) => (
          <li key={site.id}>
            <Link to={`/project/${site.id}`}>{site.name}</Link>
            {site.tier === 'calm' ? (
              <span className="tiny muted">{stateLabel(site.state)}</span>
            ) : (
              <Tag tone={site.tier}>{tierWords[site.tier]}</Tag>
            )}
          </li>
        ))}
      </ul>
      {shown < rows.length && (
        <p className="empty">
          <Button size="small" onClick={() => setShown(shown + step)}>
            更多
          </Button>
        </p>
      )}
    </div>
  )
}
