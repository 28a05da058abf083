import type { Translate } from '../shared/language.ts';
import type { Duty } from './duty.rules.ts';

/** Who answers for an enterprise, each officer once with all that they answer as, in the order of the duties. */
export function officersWords(duties: readonly Duty[], t: Translate): string[] {
  const officers = new Set(duties.map(({ officerId }) => officerId));
  return [...officers].map((id) => {
    const own = duties.filter(({ officerId }) => officerId === id);
    const kinds = own.map(({ kind, enterpriseId }) => {
      const word = t(`duties.kinds.${kind}`);
      const scope = t(enterpriseId ? 'duties.ofEnterprise.itself' : 'duties.ofEnterprise.withVillage');
      return own.length === 1 ? word : t('duties.ofEnterprise.kindFor', { kind: word, scope });
    });
    return t(own.some(({ isLead }) => isLead) ? 'duties.ofEnterprise.leading' : 'duties.ofEnterprise.as', {
      officer: own[0]!.officer,
      kind: kinds.join(t('common.comma')),
    });
  });
}
