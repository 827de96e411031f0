import { type ProjectFilter, projectWorkflow, sectors, tags, type Town } from '@plumbline/core/project'
import { Button, Input, Select } from 'antd'
import { tierWords } from '../../kit/ui/index.ts'
import { dutyWords } from './words.ts'

interface FilterBarProps {
  filter: ProjectFilter
  towns: readonly Pick<Town, 'code' | 'name'>[]
  onChange: (change: Partial<Record<keyof ProjectFilter, string | undefined>>) => void
  onClear: () => void
}

const options = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }))
const labelled = (rows: Record<string, { label: string }>) =>
  options(Object.fromEntries(Object.entries(rows).map(([key, { label }]) => [key, label])))

/** What narrows the list, the map and the statistics. */
export function FilterBar({ filter, towns, onChange, onClear }: FilterBarProps) {
  const fields = [
    { name: 'town', label: '镇街', choices: towns.map(({ code, name }) => ({ value: code, label: name })) },
    { name: 'sector', label: '行业', choices: labelled(sectors) },
    { name: 'state', label: '状态', choices: labelled(projectWorkflow.states) },
    { name: 'tier', label: '预警', choices: options(tierWords) },
    { name: 'tag', label: '类别标签', choices: options(tags) },
    { name: 'duty', label: '应设系统', choices: options(dutyWords) },
  ] as const
  return (
    <>
      <Input.Search
        key={filter.q ?? ''}
        className="project-words"
        aria-label="查找项目"
        placeholder="名称、编码、单位、联系人"
        defaultValue={filter.q}
        maxLength={60}
        allowClear
        onSearch={(words) => onChange({ q: words.trim() })}
      />
      {fields.map(({ name, label, choices }) => (
        <Select
          key={name}
          aria-label={label}
          placeholder={label}
          allowClear
          className="project-filter"
          popupMatchSelectWidth={false}
          value={filter[name] ?? null}
          options={choices}
          onChange={(value: string | undefined) => onChange({ [name]: value })}
        />
      ))}
      {Object.keys(filter).length > 0 && (
        <Button type="link" onClick={onClear}>
          清除筛选
        </Button>
      )}
    </>
  )
}
