import type { DeviceLine } from '../../device/index.ts'

/** Why a monitor counts as offline (IOT-06), as far as its line tells. */
export const offlineReasons = {
  never: '还没有收到过正常数据',
  refused: '连接正常，口令或设备编号不符',
  no_normal: '仍有数据，但没有正常值',
  quiet: '连接还在，没有发来数据',
  disconnected: '连接已断开',
} as const
export type OfflineReason = keyof typeof offlineReasons

type Line = Pick<DeviceLine, 'connected' | 'heardAt' | 'freshAt' | 'refused' | 'good'>

/** `since`: the oldest instant that still counts as present. Asked only of a device that is not live. */
export function offlineReason(line: Line, since: string): OfflineReason {
  if (line.heardAt !== null && line.heardAt >= since) return 'no_normal'
  if (line.good === 0 && line.refused > 0) return 'refused'
  if (line.freshAt === null) return 'never'
  return line.connected ? 'quiet' : 'disconnected'
}
