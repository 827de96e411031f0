import { addDays } from '@plumbline/core/kit'
import { sayWeather, type SiteRisk, weatherContract } from '@plumbline/core/telemetry'
import { Link } from 'react-router'
import { useRoute } from '../../../kit/api.ts'
import { sayClause } from '../../../kit/clause.ts'
import { useToday } from '../../../kit/session.tsx'
import { Empty, Loaded } from '../../../kit/ui/index.ts'

/** What a forecast means for one site, each line with the text it rests on. */
function Lines({ risks }: Pick<SiteRisk, 'risks'>) {
  return (
    <ul className="statistics-risks">
      {risks.map(({ kind, text, clause, devices }) => (
        <li key={kind}>
          {text}
          {devices.length > 0 && (
            <span className="tiny">
              ：
              {devices.map(({ id, name }) => (
                <Link key={id} to={`/device/${id}`}>
                  {name}
                </Link>
              ))}
            </span>
          )}
          <div className="tiny muted">{sayClause(clause)}</div>
        </li>
      ))}
    </ul>
  )
}

/** 天气提示 of a project: today and tomorrow. */
export function SiteRisks({ projectId }: { projectId: string }) {
  const today = useToday()
  return (
    <>
      {[today, addDays(today, 1)].map((day) => (
        <SiteDay key={day} projectId={projectId} day={day} />
      ))}
    </>
  )
}

function SiteDay({ projectId, day }: { projectId: string; day: string }) {
  const found = useRoute(weatherContract.risks, { query: { projectId, day } })
  return (
    <Loaded found={found}>
      {({ known, rows: [row] }) => (
        <div className="statistics-day">
          <p className="num">
            {day}{' '}
            {row ? (
              sayWeather(row.forecast.weather)
            ) : (
              <span className="muted">{known ? '本项目所在地没有录入预报' : '还没有录入预报'}</span>
            )}
          </p>
          {row &&
            (row.risks.length > 0 ? <Lines risks={row.risks} /> : <p className="tiny muted">没有需要提示的作业。</p>)}
        </div>
      )}
    </Loaded>
  )
}

/** The sites that a day's forecast concerns. */
export function Risks({ day }: { day: string }) {
  const found = useRoute(weatherContract.risks, { query: { day } })
  return (
    <Loaded found={found}>
      {({ known, rows }) =>
        rows.length === 0 ? (
          <Empty>{known ? '按这一天的预报，没有需要提示的在建项目。' : '这一天还没有录入预报。'}</Empty>
        ) : (
          <ul className="rows statistics-sites">
            {rows.map(({ projectId, projectName, risks }) => (
              <li key={projectId}>
                <Link className="title" to={`/project/${projectId}`}>
                  {projectName}
                </Link>
                <Lines risks={risks} />
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}
