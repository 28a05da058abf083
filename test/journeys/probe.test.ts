import { expect } from 'chai';
import { aTown } from '../support/factories.ts';
import { useProgram } from '../support/http.ts';

describe('probe', () => {
  const program = useProgram();
  it('signs in', async () => {
    const town = await aTown();
    const user = await program.person('张三', 'dispatcher', town);
    const t = performance.now();
    const browser = await program.as(user);
    console.log(performance.now() - t);
    for (const path of ['/', '/cases', '/cases/new', '/tickets', '/routing', '/reports', '/enterprises', '/rooms', '/people', '/imports', '/imports/new']) {
      const t0 = performance.now();
      const page = await browser.visit(path);
      console.log(path, page.status, (performance.now() - t0).toFixed(0), page.text.slice(0, 150), page.forms.map((f) => f.action + ' ' + f.controls.map((c) => c.name).join(',')));
    }
    expect(1).to.equal(1);
  });
});
