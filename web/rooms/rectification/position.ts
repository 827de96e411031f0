import { useCallback, useEffect, useRef, useState } from 'react'

type Fields = Record<string, string>
type Found = { fields: Fields; said: string }

const nowhere = (said: string): Found => ({ fields: {}, said })

/** Asks the device once where it is. Never fails: without an answer a photograph is still a photograph. */
function locate(): Promise<Found> {
  if (!('geolocation' in navigator) || !window.isSecureContext)
    return Promise.resolve(nowhere('此设备不能提供位置，照片只带自身记录的位置。'))
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const { longitude, latitude, accuracy } = coords
        resolve({
          fields: { lon: String(longitude), lat: String(latitude), accuracy: String(Math.round(accuracy)) },
          said: `位置 ${longitude.toFixed(6)}, ${latitude.toFixed(6)}，误差约 ${Math.round(accuracy)} 米`,
        })
      },
      () => resolve(nowhere('没有取得位置，照片只带自身记录的位置。请检查定位权限。')),
      { enableHighAccuracy: true, maximumAge: 60_000, timeout: 8_000 },
    )
  })
}

/** Where the phone is: as fields of an upload, and in words for the person who holds it. */
export function usePosition(): { fields: () => Promise<Fields>; said: string } {
  const asked = useRef<Promise<Found>>(undefined)
  const [said, setSaid] = useState('')
  const find = useCallback(() => (asked.current ??= locate()), [])
  useEffect(() => {
    let here = true
    void find().then((found) => here && setSaid(found.said))
    return () => {
      here = false
    }
  }, [find])
  const fields = useCallback(async () => (await find()).fields, [find])
  return { fields, said }
}
