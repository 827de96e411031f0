import { projectContract } from '@plumbline/core/project'
import { Input } from 'antd'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { TopBar } from '../../field/Shell.tsx'
import { usePages } from '../../kit/api.ts'
import { Empty, Failure, Loading, Section, StateTag, Tag, tierWords } from '../../kit/ui/index.ts'
import './project.css'

interface WordsProps {
  q?: string
  onSearch: (words: string) => void
}

const Words = ({ q, onSearch }: WordsProps) => (
  <Input.Search
    size="large"
    aria-label="查找项目"
    placeholder="名称、单位、地点、联系人"
    defaultValue={q}
    maxLength={60}
    allowClear
    onSearch={(words) => onSearch(words.trim())}
  />
)

/** The way to the projects from the first page of the phone. */
export function FindProject() {
  const navigate = useNavigate()
  return (
    <div className="project-find">
      <Words onSearch={(words) => void navigate(`/projects?q=${encodeURIComponent(words)}`)} />
      <p className="tiny" style={{ margin: '8px 0 0' }}>
        <Link to="/projects">全部项目</Link>
      </p>
    </div>
  )
}

/** 项目 on the phone: find one by name, code, unit, place, contact or pinyin initials. */
export function FieldSearchPage() {
  const [params, setParams] = useSearchParams()
  const q = params.get('q')?.slice(0, 60) ?? ''
  const { rows, isPending, error, again, more, loadingMore } = usePages(projectContract.list, {
    query: { ...(q ? { q } : {}), limit: 30 },
  })
  return (
    <div className="field-stack">
      <TopBar title="项目" />
      <Words key={q} q={q} onSearch={(words) => setParams(words ? { q: words } : {}, { replace: true })} />
      <Section title={q ? `“${q}”` : '全部项目'} note={!isPending && !more && `${rows.length} 个`}>
        {error && <Failure error={error} again={again} />}
        {isPending && !error && <Loading />}
        {!isPending && !error && rows.length === 0 && <Empty>没有找到，或者不在您的管辖范围内。</Empty>}
        <ul className="rows">
          {rows.map((row) => (
            <li key={row.id}>
              {row.tier === 'calm' ? <span /> : <Tag tone={row.tier}>{tierWords[row.tier]}</Tag>}
              <div>
                <Link className="title" to={`/project/${row.id}`}>
                  {row.name}
                </Link>
                <div className="tiny muted">
                  {row.town} · {row.address}
                </div>
              </div>
              <StateTag label={row.stateLabel} open={row.state === 'building'} />
            </li>
          ))}
        </ul>
        {more && (
          <p className="empty">
            <button type="button" className="quiet" onClick={more} disabled={loadingMore}>
              更多
            </button>
          </p>
        )}
      </Section>
    </div>
  )
}
