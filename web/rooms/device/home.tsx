import { deviceContract } from '@plumbline/core/device'
import { useRoute } from '../../kit/api.ts'
import { FigureStrip } from '../../kit/ui/index.ts'

/** 接入超时: onboardings that stand still; nothing is drawn while no device waits. */
export function HomeOnboarding() {
  const found = useRoute(deviceContract.onboarding, { query: {} }, { refetchInterval: 60_000 })
  if (!found.data || found.data.total === 0) return null
  const { stuck, total, hours } = found.data
  return (
    <FigureStrip
      figures={[
        {
          label: '设备接入超时',
          value: stuck,
          to: '/devices/onboarding?stuck=true',
          note: `登记超过 ${hours} 小时；接入中共 ${total} 台`,
        },
      ]}
    />
  )
}
