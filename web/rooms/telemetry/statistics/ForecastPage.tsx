import { forecastWorkflow, pollutions, rains, weatherContract } from '@plumbline/core/telemetry'
import { useMemo } from 'react'
import { useParams } from 'react-router'
import { useAct, useRoute } from '../../../kit/api.ts'
import { Slot } from '../../../kit/panels.tsx'
import {
  CasePage,
  Facts,
  Loaded,
  Section,
  StateTag,
  type StepFormProps,
  Steps,
  Timeline,
  When,
} from '../../../kit/ui/index.ts'
import '../telemetry.css'
import './statistics.css'
import { WeatherForm } from './WeatherForm.tsx'

/** 一份天气预报, and how it changed. */
export function ForecastPage() {
  const { id = '' } = useParams()
  const found = useRoute(weatherContract.forecast, { params: { id } })
  const act = useAct(weatherContract.act, id)
  const initial = found.data?.record.weather
  const forms = useMemo(
    () => ({
      amend: (props: StepFormProps) => (
        <WeatherForm {...props} initial={initial ?? {}} inputOf={(weather) => ({ weather })} />
      ),
    }),
    [initial],
  )
  return (
    <Loaded found={found}>
      {({ record: { weather, ...record }, steps, acts }) => (
        <CasePage
          title={`${record.districtName} ${record.day} 天气预报`}
          crumbs={[{ label: '天气预报', to: `/environment/weather?day=${record.day}` }, { label: record.districtName }]}
          tags={<StateTag label={forecastWorkflow.states.issued.label} open={false} />}
          side={
            <>
              <Section title="现在该做">
                <Steps steps={steps} onAct={act} forms={forms} />
              </Section>
              <Slot name="case" id={record.id} acts={acts} side />
            </>
          }
        >
          <Section title="预报">
            <Facts
              facts={[
                { label: '最大风力', value: `${weather.windLevel} 级` },
                { label: '降水', value: rains[weather.rain] },
                { label: '气温', value: `${weather.low} 至 ${weather.high} ℃` },
                { label: '重污染天气预警', value: pollutions[weather.pollution] },
                { label: '来源', value: weather.source },
                {
                  label: '录入',
                  value: (
                    <>
                      {record.enteredBy} <When at={record.enteredAt} />
                    </>
                  ),
                },
              ]}
            />
          </Section>
          <Section title="经过">
            <Timeline acts={acts} />
          </Section>
        </CasePage>
      )}
    </Loaded>
  )
}
