import { statisticsContract } from '@plumbline/core/telemetry'
import { useRoute } from '../../../kit/api.ts'
import { CountLink, Loaded } from '../../../kit/ui/index.ts'
import { Energy } from './Energy.tsx'
import { Exits } from './Exits.tsx'
import { rowsAt, sayDays } from './parts.tsx'
import { SiteRisks } from './Risks.tsx'
import { ScoreCard } from './Scores.tsx'
import '../telemetry.css'
import './statistics.css'
import { Wind } from './Wind.tsx'

/** 环境统计 on the page of a project, on the console and on the phone alike. */
export function SitePanel({ id }: { id: string }) {
  return (
    <div className="statistics-site">
      <h3>环境评分</h3>
      <ScoreCard projectId={id} />
      <h3>天气提示</h3>
      <SiteRisks projectId={id} />
      <h3>车辆出场</h3>
      <Exits projectId={id} />
      <h3>风玫瑰</h3>
      <Wind projectId={id} />
      <h3>水电用量</h3>
      <Energy projectId={id} />
      <Curing projectId={id} />
    </div>
  )
}

/** 标准养护室, only where the project has one (ENV-10). */
function Curing({ projectId }: { projectId: string }) {
  const found = useRoute(statisticsContract.curing, { query: { projectId } })
  return (
    <Loaded found={found}>
      {({ rooms, rows, from, until }) =>
        rooms === 0 ? null : (
          <>
            <h3>标准养护室</h3>
            <p className="num">
              {sayDays(from, until)} 超出范围{' '}
              <CountLink value={rows.length} to={rowsAt('curing', { projectId, from, until })} label="超出范围的小时" />{' '}
              小时
            </p>
          </>
        )
      }
    </Loaded>
  )
}
