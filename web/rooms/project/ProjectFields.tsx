import { capacities, projectPosts } from '@plumbline/core/access'
import { isProjectCode } from '@plumbline/core/kit'
import { type Project, partyRoles, sectors, stages, tags } from '@plumbline/core/project'
import { Button, DatePicker, Form, Input, InputNumber, Select } from 'antd'
import { dayField } from '../../kit/day.ts'
import { useOrgs } from '../../kit/found.ts'
import { PointPicker } from '../../kit/map/index.ts'
import { Picker } from '../../kit/ui/index.ts'
import { usePeople, useTowns } from './found.ts'
import './project.css'

const needed = [{ required: true, message: '请填写' }]
const placed = [{ required: true, message: '请在图上点按位置，或填写经纬度' }]
const chosen = [{ required: true, message: '请选择' }]
const options = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }))
const sectorOptions = Object.entries(sectors).map(([value, { label }]) => ({ value, label }))
const postOptions = projectPosts.map((value) => ({ value, label: capacities[value] }))

/** Every fact a person fills in of a project. Which system it must have follows from them and is told after saving. */
export function ProjectFields({ known }: { known?: Project }) {
  const towns = useTowns()
  return (
    <div className="project-form">
      <Form.Item
        name="code"
        label="项目编码"
        rules={[{ required: true, message: '请填写' }, { validator: codeFits }]}
        extra="16 位：行政区划 6 位、日期 6 位、工程类别 2 位、序号 2 位"
      >
        <Input maxLength={20} />
      </Form.Item>
      <Form.Item name="name" label="项目名称" rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="district" label="镇街" rules={chosen}>
        <Select options={towns.map(({ code, name }) => ({ value: code, label: name }))} placeholder="请选择" />
      </Form.Item>
      <Form.Item name="address" label="地址" rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="point" label="位置（在图上点按，或填写经纬度）" rules={placed} className="wide">
        <PointPicker towns={towns} />
      </Form.Item>
      <Form.Item name="sector" label="行业" rules={chosen}>
        <Select options={sectorOptions} placeholder="请选择" />
      </Form.Item>
      <Form.Item name="stage" label="施工阶段">
        <Select options={options(stages)} />
      </Form.Item>
      <Form.Item name="area" label="建筑面积（㎡）">
        <InputNumber min={0} controls={false} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="cost" label="工程造价（万元）">
        <InputNumber min={0} controls={false} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="category" label="类别">
        <Input maxLength={40} placeholder="住宅、厂房、学校、道路……" />
      </Form.Item>
      <Form.Item name="tags" label="类别标签">
        <Select mode="multiple" options={options(tags)} placeholder="可多选" />
      </Form.Item>
      <Form.Item name="permitNo" label="施工许可证号">
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="startDay" label="开工日期（计划或实际）" {...dayField}>
        <DatePicker style={{ width: '100%' }} format="YYYY-MM-DD" />
      </Form.Item>
      <Form.Item name={['contact', 'name']} label="联系人">
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name={['contact', 'phone']} label="联系电话">
        <Input maxLength={30} inputMode="tel" />
      </Form.Item>
      <Parties known={known} />
      <Posts known={known} />
    </div>
  )
}

/** The code may carry hyphens and blanks; what counts is the shape the register takes. */
const codeFits = (_: unknown, code: string | undefined) =>
  !code || isProjectCode(code.trim()) ? Promise.resolve() : Promise.reject(new Error('项目编码的位数或格式不对'))

function Parties({ known }: { known: Project | undefined }) {
  const orgs = known?.parties.map(({ orgId, orgName }) => ({ id: orgId, name: orgName })) ?? []
  return (
    <Form.Item label="参建单位" className="wide">
      <Form.List name="parties">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <div key={key} className="project-row two">
                <Form.Item name={[name, 'role']} rules={chosen}>
                  <Select options={options(partyRoles)} placeholder="参建角色" aria-label="参建角色" />
                </Form.Item>
                <Form.Item name={[name, 'orgId']} rules={chosen}>
                  <Picker useFound={useOrgs} known={orgs} label="参建单位名称" />
                </Form.Item>
                <Button onClick={() => remove(name)}>移除</Button>
              </div>
            ))}
            <Button type="dashed" onClick={() => add({})}>
              添加单位
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  )
}

function Posts({ known }: { known: Project | undefined }) {
  const people = known?.posts.map(({ personId, name }) => ({ id: personId, name })) ?? []
  const orgs = known?.parties.map(({ orgId, orgName }) => ({ id: orgId, name: orgName })) ?? []
  return (
    <Form.Item label="关键岗位人员" className="wide" extra="单位应是上面已填写的参建单位">
      <Form.List name="posts">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <div key={key} className="project-row">
                <Form.Item name={[name, 'capacity']} rules={chosen}>
                  <Select options={postOptions} placeholder="岗位" aria-label="岗位" />
                </Form.Item>
                <Form.Item name={[name, 'orgId']} rules={chosen}>
                  <Picker useFound={useOrgs} known={orgs} label="所属单位" />
                </Form.Item>
                <Form.Item name={[name, 'personId']} rules={chosen}>
                  <Picker useFound={usePeople} known={people} label="人员姓名" />
                </Form.Item>
                <Button onClick={() => remove(name)}>移除</Button>
              </div>
            ))}
            <Button type="dashed" onClick={() => add({})}>
              添加人员
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  )
}
