import { pollutions, rains, type Weather } from '@plumbline/core/telemetry'
import { Form, Input, InputNumber, Select } from 'antd'
import { StepForm, type StepFormProps } from '../../../kit/ui/index.ts'

const needed = [{ required: true, message: '请填写' }]
const optionsOf = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))

interface WeatherFormProps extends StepFormProps {
  initial: Partial<Weather>
  /** The input of the step, made of the weather that was filled in. */
  inputOf: (weather: Weather) => unknown
}

/** The fields of a forecast; a refusal is marked at its field. */
export function WeatherForm({ initial, inputOf, ...step }: WeatherFormProps) {
  return (
    <StepForm<Weather>
      step={step}
      initial={{ rain: 'none', pollution: 'none', ...initial }}
      inputOf={inputOf}
      below={['input', 'weather']}
    >
      <div className="statistics-fields">
        <Form.Item name="windLevel" label="最大风力（级）" rules={needed}>
          <InputNumber min={0} max={12} precision={0} />
        </Form.Item>
        <Form.Item name="rain" label="降水" rules={needed}>
          <Select options={optionsOf(rains)} />
        </Form.Item>
        <Form.Item name="low" label="最低气温（℃）" rules={needed}>
          <InputNumber min={-50} max={50} />
        </Form.Item>
        <Form.Item name="high" label="最高气温（℃）" rules={needed}>
          <InputNumber min={-50} max={50} />
        </Form.Item>
        <Form.Item name="pollution" label="重污染天气预警" rules={needed}>
          <Select options={optionsOf(pollutions)} />
        </Form.Item>
      </div>
      <Form.Item name="source" label="来源" rules={needed} extra="写明发布单位和时间">
        <Input maxLength={80} />
      </Form.Item>
    </StepForm>
  )
}
