import { directions, statisticsContract } from '@plumbline/core/telemetry'
import { lazy, Suspense } from 'react'
import { useRoute } from '../../../kit/api.ts'
import { sayClause } from '../../../kit/clause.ts'
import { CountLink, Empty, Loaded, Loading } from '../../../kit/ui/index.ts'
import { Figure, rowsAt, sayDays } from './parts.tsx'

const WindRose = lazy(async () => ({ default: (await import('./WindRose.tsx')).WindRose }))

/** 风玫瑰 of a project (ENV-08), with the hours of each direction; every count opens its hours. */
export function Wind({ projectId }: { projectId: string }) {
  const found = useRoute(statisticsContract.rose, { params: { id: projectId }, query: {} })
  return (
    <Loaded found={found}>
      {(rose) => {
        const { from, until, hours, calm, bins, clause } = rose
        if (hours === 0) return <Empty>{sayDays(from, until)} 没有有效的风速风向数据。</Empty>
        const ask = { projectId, from, until }
        const calmShare = `${((calm / hours) * 100).toFixed(1)}%`
        return (
          <div className="statistics-wind">
            <Suspense fallback={<Loading />}>
              <WindRose rose={rose} />
            </Suspense>
            <div>
              <p className="num">
                {sayDays(from, until)}，{hours} 小时，静风{' '}
                <Figure text={calmShare} to={rowsAt('wind', { ...ask, level: 0 })} label="静风" />
              </p>
              <ul className="statistics-directions num">
                {directions.map((name, direction) => {
                  const of = bins.filter((bin) => bin.direction === direction).reduce((sum, bin) => sum + bin.hours, 0)
                  return (
                    <li key={name}>
                      <span className="tiny muted">{name}</span>
                      <CountLink value={of} to={rowsAt('wind', { ...ask, direction })} label={`${name}风小时`} />
                    </li>
                  )
                })}
              </ul>
              <p className="tiny muted">按小时平均风速与风向，{sayClause(clause)}。</p>
            </div>
          </div>
        )
      }}
    </Loaded>
  )
}
