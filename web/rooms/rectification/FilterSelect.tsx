import { Select } from 'antd'

interface FilterSelectProps {
  label: string
  value: string | undefined
  options: { value: string; label: string }[]
  onChange: (value: string | undefined) => void
  /** Long lists are searched by typing. */
  search?: boolean
  width?: number
}

/** One field of a list's filter; empty means all. */
export function FilterSelect({ label, value, options, onChange, search, width = 130 }: FilterSelectProps) {
  return (
    <Select
      aria-label={label}
      placeholder={label}
      value={value}
      options={options}
      onChange={(next: string | undefined) => onChange(next)}
      allowClear
      showSearch={search ? { optionFilterProp: 'label' } : false}
      style={{ width }}
    />
  )
}
