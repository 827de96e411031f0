import { sayInstant } from '@plumbline/core/kit'
import { statisticsContract } from '@plumbline/core/telemetry'
import { lazy, Suspense } from 'react'
import { Link } from 'react-router'
import { useRoute } from '../../../kit/api.ts'
import { DataTable, Empty, Loaded, Loading, Section, When, wholeList } from '../../../kit/ui/index.ts'
import { dayOfHour, Figure, rowsAt, useAsked } from './parts.tsx'
import { lost, RowsFrame } from './RowsFrame.tsx'
import '../telemetry.css'
import './statistics.css'

const MeansChart = lazy(async () => ({ default: (await import('./MeansChart.tsx')).MeansChart }))

/** 水电逐时用量 of a project's meters: the curve and its hours, the newest first. */
export function EnergyPage() {
  const asked = useAsked()
  const projectId = asked('projectId')
  const query = { from: asked('from'), until: asked('until') }
  const found = useRoute(
    statisticsContract.energy,
    { params: { id: projectId ?? '' }, query },
    { enabled: Boolean(projectId) },
  )
  if (!projectId) return <RowsFrame title="水电逐时用量">{<Empty>{lost}</Empty>}</RowsFrame>
  return (
    <RowsFrame title="水电逐时用量" lead="由表计读数之差得出；断线之后的用量只知合计，不分昼夜。">
      <Loaded found={found}>
        {({ meters }) => (
          <>
            {meters.map(({ deviceId, deviceName, quantity, name, unit, hours }) => (
              <Section key={`${deviceId} ${quantity}`} title={`${deviceName} ${name}逐时曲线`}>
                <Suspense fallback={<Loading />}>
                  <MeansChart
                    name={name}
                    unit={unit}
                    limit={null}
                    points={hours.map(({ hour, used, hours: over }) => ({
                      label: sayInstant(new Date(hour)).slice(5),
                      mean: used,
                      valid: over === 1,
                    }))}
                  />
                </Suspense>
              </Section>
            ))}
            <DataTable
              pages={wholeList(
                meters.flatMap(({ hours, ...meter }) =>
                  hours.toReversed().map((hour) => ({ ...meter, ...hour, over: hour.hours })),
                ),
              )}
              rowKey={(row) => `${row.deviceId} ${row.quantity} ${row.hour}`}
              label="水电逐时用量"
              empty="这段时间没有表计读数。"
              columns={[
                { key: 'hour', title: '小时', render: (row) => <When at={row.hour} /> },
                {
                  key: 'device',
                  title: '表计',
                  render: (row) => <Link to={`/device/${row.deviceId}`}>{row.deviceName}</Link>,
                },
                { key: 'name', title: '类别', render: (row) => row.name },
                {
                  key: 'used',
                  title: '用量',
                  align: 'right',
                  render: (row) => {
                    if (row.used === null) return <span className="muted">表计归零或更换</span>
                    const { deviceId, quantity } = row
                    const to = rowsAt('hours', { deviceId, quantity, ...dayOfHour(row.hour) })
                    return <Figure text={`${row.used.toFixed(2)} ${row.unit}`} to={to} label="用量" />
                  },
                },
                {
                  key: 'over',
                  title: '时段',
                  render: (row) => (row.over > 1 ? `断线后，合计 ${row.over} 小时` : row.night ? '夜间' : '昼间'),
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </RowsFrame>
  )
}
