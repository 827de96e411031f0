import type { FileView } from '@plumbline/core/base'
import { type ChangeEvent, useState } from 'react'
import { ApiError } from '../../kit/api.ts'
import { fileUrl, uploadFile } from '../../kit/files.ts'
import { Failure } from '../../kit/ui/index.ts'
import { FilePick } from './FilePick.tsx'

interface DocumentsProps {
  value?: readonly FileView[]
  onChange?: (files: FileView[]) => void
  label: string
}

/** The documents a step rests on: PDF or photographs, sent one after the other. Fits into an antd Form.Item. */
export function Documents({ value = [], onChange, label }: DocumentsProps) {
  const [share, setShare] = useState<number>()
  const [error, setError] = useState<ApiError>()
  const take = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = Array.from(target.files ?? [])
    target.value = ''
    setError(undefined)
    let kept = [...value]
    try {
      for (const file of files) {
        setShare(0)
        const sent = await uploadFile(file, setShare)
        kept = [...kept.filter(({ id }) => id !== sent.id), sent]
        onChange?.(kept)
      }
    } catch (caught) {
      setError(caught instanceof ApiError ? caught : new ApiError(0, 'internal', 'internal'))
    }
    setShare(undefined)
  }
  return (
    <div className="project-documents">
      <ul className="project-plain">
        {value.map(({ id, name }) => (
          <li key={id}>
            <a href={fileUrl(id)} target="_blank" rel="noreferrer">
              {name}
            </a>
            <button type="button" className="quiet" onClick={() => onChange?.(value.filter((one) => one.id !== id))}>
              移除
            </button>
          </li>
        ))}
      </ul>
      {share === undefined ? (
        <FilePick label={label} multiple accept="application/pdf,image/jpeg,image/png,image/webp" onChange={take} />
      ) : (
        <progress value={share} max={1} aria-label="正在上传" />
      )}
      {error && <Failure error={error} />}
    </div>
  )
}
