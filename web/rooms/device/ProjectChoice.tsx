import { baseContract } from '@plumbline/core/base'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useRoute } from '../../kit/api.ts'

interface ProjectChoiceProps {
  id?: string
  value?: string
  onChange?: (id: string | undefined) => void
}

/** Chooses a project by name, code or pinyin initials. Fits into an antd Form.Item. */
export function ProjectChoice({ id, value, onChange }: ProjectChoiceProps) {
  const [words, setWords] = useState('')
  const q = useDeferredValue(words.trim())
  const found = useRoute(baseContract.search, { query: { q, room: 'project', limit: 20 } }, { enabled: q !== '' })
  const [picked, setPicked] = useState<{ value: string; label: string }>()
  const options = (found.data?.rows ?? []).map((row) => ({ value: row.id, label: `${row.title} ${row.number ?? ''}` }))
  return (
    <Select
      id={id}
      aria-label="项目"
      placeholder="输入项目名称、编码或拼音首字母"
      allowClear
      showSearch={{ filterOption: false, onSearch: setWords }}
      loading={found.isFetching}
      notFoundContent={q ? (found.isFetching ? '正在查找' : '没有找到') : '请输入项目名称'}
      value={value}
      options={q ? options : picked ? [picked] : []}
      onChange={(next: string | undefined) => {
        setPicked(options.find((one) => one.value === next))
        setWords('')
        onChange?.(next)
      }}
    />
  )
}
