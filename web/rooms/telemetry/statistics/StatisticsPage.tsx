import { addDays } from '@plumbline/core/kit'
import { Link } from 'react-router'
import { useToday } from '../../../kit/session.tsx'
import { Page, Section } from '../../../kit/ui/index.ts'
import { Exits } from './Exits.tsx'
import { Freshness } from './Freshness.tsx'
import { automatic, rowsAt } from './parts.tsx'
import { Ranking } from './Ranking.tsx'
import { Risks } from './Risks.tsx'
import { Scores } from './Scores.tsx'
import '../telemetry.css'
import './statistics.css'

/** 环境统计: figures of the air, the exits and the sites; every one of them opens its rows. It follows the live stream. */
export function StatisticsPage() {
  const tomorrow = addDays(useToday(), 1)
  return (
    <Page
      title="环境统计"
      lead={automatic}
      actions={
        <nav className="statistics-links" aria-label="明细">
          <Link to="/environment/weather">天气预报</Link>
          <Link to={rowsAt('exceedances', {})}>超标小时</Link>
          <Link to={rowsAt('offline', {})}>离线小时</Link>
          <Link to={rowsAt('curing', {})}>养护室</Link>
        </nav>
      }
    >
      <Section title="五分钟更新率">
        <Freshness />
      </Section>
      <Ranking />
      <Scores />
      <Section title="车辆出场">
        <Exits />
      </Section>
      <Section title={`明日天气提示（${tomorrow}）`}>
        <Risks day={tomorrow} />
      </Section>
    </Page>
  )
}
