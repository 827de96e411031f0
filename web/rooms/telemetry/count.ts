import { telemetryContract } from '@plumbline/core/telemetry'
import { useRoute } from '../../kit/api.ts'

/** How many alarms that the reader reaches stand open; the number beside 监测报警. */
export const useOpenAlarms = (): number | undefined => useRoute(telemetryContract.online, {}).data?.alarms
