import { expect } from 'chai';
import { suggestClaimType } from '../../server/cases/claim-type.rules.ts';
import type { ClaimType } from '../../server/cases/case.rules.ts';

/** As callers and the hotline's clerks put it; one line each unless the title stands before the story. */
const PHRASINGS: [string, ClaimType][] = [
  ['公司拖欠三个月工资一直不发', 'wages'],
  ['干完活老板不给钱，电话也不接', 'wages'],
  ['离职时押金不退，还扣了半个月薪水', 'wages'],
  ['讨要血汗钱', 'wages'],
  ['每天做十二个小时，没有加班费', 'overtime'],
  ['周末都要加班，厂里说是自愿的', 'overtime'],
  ['上班时手指被冲床压断，厂里只给了两千元', 'workInjury'],
  ['在车间摔伤住院，要求报销医药费', 'workInjury'],
  ['公司搬迁不续签，要求支付经济补偿金', 'compensation'],
  ['公司突然不要我了，也不给赔偿', 'compensation'],
  ['没签劳动合同，要求双倍工资', 'compensation'],
  ['无缘无故被开除', 'termination'],
  ['老板叫我明天走人', 'termination'],
  ['单位不开离职证明，影响找新工作', 'termination'],
  ['公司不给交社保', 'socialInsurance'],
  ['厂里一直没有给我们买保险', 'socialInsurance'],
  ['入职两年没交五险一金', 'socialInsurance'],
  ['公积金少缴了半年', 'socialInsurance'],
  ['公司不承认我是员工，要求确认劳动关系', 'relationship'],
  ['进厂半年一直不签合同', 'relationship'],
  ['三年没有安排年休假', 'rest'],
  ['产假只批了一个月', 'rest'],
  ['车间高温没有降温措施', 'protection'],
  ['怀孕后被安排上夜班', 'protection'],
  ['宿舍太吵，希望协调', 'other'],
  ['公司不给交社保\n工资也压着不发，周末加班没有加班费', 'socialInsurance'],
  ['劳动纠纷\n要求公司补发加班工资', 'overtime'],
];

describe('the type of a complaint', () => {
  for (const [text, type] of PHRASINGS)
    it(`"${text.replace('\n', ' / ')}" is ${type}`, () => expect(suggestClaimType(text)).to.equal(type));
});
