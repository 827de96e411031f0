import { addDays } from '@plumbline/core/kit'
import { type Place, pollutions, sayWeather, weatherContract } from '@plumbline/core/telemetry'
import type { ActAsk } from '@plumbline/core/workflow'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { useRoute, useSend } from '../../../kit/api.ts'
import { useFilter } from '../../../kit/filter.ts'
import { useToday } from '../../../kit/session.tsx'
import { DayPicker, Loaded, Page, Section, type StepFormProps, Steps, Tag } from '../../../kit/ui/index.ts'
import { Risks } from './Risks.tsx'
import '../telemetry.css'
import './statistics.css'
import { WeatherForm } from './WeatherForm.tsx'

/** 天气预报 of the county and its towns for a day, entered by the officers of the place, and what it means for the sites. */
export function WeatherPage() {
  const { filter, set } = useFilter(['day'])
  const today = useToday()
  const day = filter.day ?? addDays(today, 1)
  const found = useRoute(weatherContract.forecasts, { query: { day } })
  return (
    <Page
      title="天气预报与风险提示"
      crumbs={[{ label: '环境统计', to: '/environment' }, { label: '天气预报' }]}
      lead="预报由监督人员按气象部门发布的内容录入；本平台不联接外部气象接口。"
    >
      <section className="card toolbar" aria-label="日期">
        <DayPicker label="日期" value={day} onChange={(chosen) => set({ day: chosen })} />
      </section>
      <Loaded found={found}>
        {({ places }) => (
          <Section title={`${day} 预报`}>
            <ul className="rows statistics-places">
              {places.map((place) => (
                <PlaceRow key={`${place.district} ${day}`} place={place} day={day} />
              ))}
            </ul>
          </Section>
        )}
      </Loaded>
      <Section title={`${day} 有风险的在建项目`}>
        <Risks day={day} />
      </Section>
    </Page>
  )
}

function PlaceRow({ place, day }: { place: Place; day: string }) {
  const { district, name, forecast, steps } = place
  const enter = useSend(weatherContract.enter)
  const amend = useSend(weatherContract.act)
  const forms = useMemo(
    () => ({
      enter: (props: StepFormProps) => (
        <WeatherForm {...props} initial={{}} inputOf={(weather) => ({ district, day, weather })} />
      ),
      amend: (props: StepFormProps) => (
        <WeatherForm {...props} initial={forecast?.weather ?? {}} inputOf={(weather) => ({ weather })} />
      ),
    }),
    [district, day, forecast],
  )
  const onAct = ({ requestId, action, input }: ActAsk): Promise<unknown> =>
    forecast
      ? amend.mutateAsync({
          params: { id: forecast.id },
          body: { requestId, action: action as 'amend', input: input as never },
        })
      : enter.mutateAsync({ body: { requestId, input: input as never } })
  return (
    <li>
      <b>{name}</b>
      <div>
        {forecast ? (
          <>
            <Link className="num" to={`/forecast/${forecast.id}`}>
              {sayWeather(forecast.weather)}
            </Link>{' '}
            {forecast.weather.pollution !== 'none' && (
              <Tag tone="red">{`重污染天气${pollutions[forecast.weather.pollution]}预警`}</Tag>
            )}
            <div className="tiny muted">
              {forecast.weather.source} · {forecast.enteredBy}录入
            </div>
          </>
        ) : (
          <span className="muted">没有录入</span>
        )}
      </div>
      {steps.length > 0 && <Steps steps={steps} onAct={onAct} forms={forms} />}
    </li>
  )
}
