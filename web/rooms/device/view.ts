import { deviceContract } from '@plumbline/core/device'
import type { Reply } from '@plumbline/core/kit'
import { useParams } from 'react-router'
import { useRoute } from '../../kit/api.ts'

export type DeviceView = Reply<typeof deviceContract.get>

/** The device of the address, asked again every few seconds: its line changes without acts. */
export function useDevice() {
  const { id = '' } = useParams()
  return useRoute(deviceContract.get, { params: { id } }, { refetchInterval: 5_000 })
}
