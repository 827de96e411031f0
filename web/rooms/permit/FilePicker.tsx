import type { FileView } from '@plumbline/core/base'
import { Upload, type UploadFile } from 'antd'
import { useState } from 'react'
import { ApiError } from '../../kit/api.ts'
import { uploadFile } from '../../kit/files.ts'
import { sentenceFor } from '../../kit/rules.zh.ts'

interface FilePickerProps {
  /** Ids of the files that are stored. */
  value?: readonly string[]
  onChange?: (ids: string[]) => void
  label: string
}

const named = (id: string, at: number): UploadFile<FileView> => ({
  uid: id,
  name: `已上传材料 ${at + 1}`,
  status: 'done',
})
const idOf = (file: UploadFile<FileView>) => file.response?.id ?? file.uid

/** Scans and PDFs of one item, each with its own progress. */
export function FilePicker({ value = [], onChange, label }: FilePickerProps) {
  const [files, setFiles] = useState<UploadFile<FileView>[]>(() => value.map(named))
  return (
    <Upload<FileView>
      multiple
      accept="application/pdf,image/jpeg,image/png,image/webp"
      fileList={files}
      maxCount={20}
      customRequest={({ file, onProgress, onSuccess, onError }) => {
        uploadFile(file as File, (share) => onProgress?.({ percent: share * 100 })).then(
          (stored) => onSuccess?.(stored),
          (error: unknown) => {
            const told = error instanceof ApiError ? error : new ApiError(0, 'internal', 'internal')
            onError?.(new Error(sentenceFor(told)))
          },
        )
      }}
      onChange={({ fileList }) => {
        setFiles(fileList)
        onChange?.(fileList.filter(({ status }) => status === 'done').map(idOf))
      }}
    >
      <button type="button" className="quiet">
        {label}
      </button>
      {files
        .filter(({ status }) => status === 'error')
        .map(({ uid, name, error }) => (
          <p key={uid} role="alert" className="tiny permit-late">
            {name}：{(error as Error | undefined)?.message}
          </p>
        ))}
    </Upload>
  )
}
