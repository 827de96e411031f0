import { telemetryContract } from '@plumbline/core/telemetry'
import { useRoute } from '../../kit/api.ts'
import { Failure, FigureStrip, Loading } from '../../kit/ui/index.ts'

/** 扬尘测点在线: how many monitors show present values, of how many; and the alarms that stand. */
export function HomeFigure() {
  const online = useRoute(telemetryContract.online, {}, { refetchInterval: 30_000 })
  if (online.error) return <Failure error={online.error} again={() => void online.refetch()} />
  if (!online.data) return <Loading />
  const { total, live, stale, never, alarms } = online.data
  return (
    <FigureStrip
      figures={[
        {
          label: '扬尘测点在线',
          value: `${live} / ${total}`,
          to: '/devices?kind=dust',
          note: `中断 ${stale}，未上报 ${never}`,
        },
        { label: '监测报警', value: alarms, to: '/alarms?open=true', note: '尚未解除' },
      ]}
    />
  )
}
