import { useCallback, useEffect, useRef, useState } from 'react'

type Fields = Record<string, string>
type Found = { fields: Fields; said: string }

const longestWait = 8_000
/** A place found this long ago is still where the photograph was taken. */
const longestAge = 30_000

const unknown: Found = { fields: {}, said: '没有取得位置，照片只带自身记录的位置。请检查定位权限。' }
const unable: Found = { fields: {}, said: '此设备不能提供位置，照片只带自身记录的位置。' }

/** Asks the device where it is. Never fails and never waits for ever: without an answer a photograph is still one. */
function locate(): Promise<Found> {
  if (!('geolocation' in navigator) || !window.isSecureContext) return Promise.resolve(unable)
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords: { longitude, latitude, accuracy } }) =>
        resolve({
          fields: { lon: String(longitude), lat: String(latitude), accuracy: String(Math.round(accuracy)) },
          said: `位置 ${longitude.toFixed(6)}, ${latitude.toFixed(6)}，误差约 ${Math.round(accuracy)} 米`,
        }),
      () => resolve(unknown),
      { enableHighAccuracy: true, maximumAge: longestAge, timeout: longestWait },
    )
    // The browser's own limit does not run while it waits for the person's leave.
    setTimeout(() => resolve(unknown), longestWait)
  })
}

/**
 * Where the phone is: as fields of an upload, and in words for the person who holds it. Asked at once, so that he sees
 * before the first photograph whether it is known, and again with each photograph, because he walks.
 */
export function usePosition(): { find: () => Promise<Fields>; said: string } {
  const here = useRef(true)
  const [said, setSaid] = useState('正在取得位置。')
  const find = useCallback(async () => {
    const found = await locate()
    if (here.current) setSaid(found.said)
    return found.fields
  }, [])
  useEffect(() => {
    here.current = true
    void find()
    return () => {
      here.current = false
    }
  }, [find])
  return { find, said }
}
