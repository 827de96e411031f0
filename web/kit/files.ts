import type { FileView } from '@plumbline/core/base'
import { ApiError, guardHeader, reach, refusalOf } from './api.ts'

export const fileUrl = (id: string) => `/api/files/${encodeURIComponent(id)}`
export const thumbUrl = (id: string) => `/api/files/${encodeURIComponent(id)}/thumb`

export interface UploadOptions {
  signal?: AbortSignal
  /** Sent before the file, so that the server has them when the bytes arrive. */
  fields?: Record<string, string>
}

/** Uploads one file to POST /api/files; `onProgress` hears the share sent, 0 to 1. Throws ApiError. */
export function uploadFile(
  file: File,
  onProgress?: (share: number) => void,
  { signal, fields = {} }: UploadOptions = {},
): Promise<FileView> {
  // fetch tells nothing about how much has been sent; XMLHttpRequest does.
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest()
    sending.open('POST', '/api/files')
    sending.responseType = 'json'
    for (const [name, value] of Object.entries(guardHeader)) sending.setRequestHeader(name, value)
    sending.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) onProgress?.(event.loaded / event.total)
    }
    const stop = () => sending.abort()
    const ended = () => signal?.removeEventListener('abort', stop)
    sending.onload = () => {
      ended()
      if (sending.status >= 200 && sending.status < 300) resolve(sending.response as FileView)
      else reject(refusalOf(sending.status, sending.response))
    }
    sending.onerror = () => {
      ended()
      reject(new ApiError(0, 'network', 'network'))
    }
    sending.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    signal?.addEventListener('abort', stop, { once: true })
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    form.append('file', file, file.name)
    sending.send(form)
  })
}

/** Fetches a file and hands it to the browser to save; a refusal is thrown as ApiError, never saved as a file. */
export async function download(url: string, fallbackName: string): Promise<void> {
  const response = await reach(url, { method: 'GET' })
  if (!response.ok) throw refusalOf(response.status, await response.json().catch(() => undefined))
  const given = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get('content-disposition') ?? '')?.[1]
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = given ? decodeURIComponent(given) : fallbackName
  link.click()
  // The browser has taken its own reference to the blob by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}
