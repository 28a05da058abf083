import type { Role } from '../accounts/roles.rules.ts';
import {
  failed,
  optionalText,
  readForm,
  requiredOneOf,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { isMailAddress } from '../shared/personal-data.rules.ts';
import type { ChoicesWish } from './choices.service.ts';
import { CHOICES, isGatewayAddress, optionalTemplates, type TemplateKey } from './notifications.rules.ts';

/** What a person wants: the addresses that the page asked for, and a choice for each notice that can be turned off. */
export function readChoices(posted: Posted, roles: readonly Role[]): FormResult<ChoicesWish> {
  const addresses = readForm({ mail: optionalText(120), gateway: optionalText(64) }, posted);
  const keys = optionalTemplates(roles);
  const chosen = readForm(Object.fromEntries(keys.map((key) => [key, requiredOneOf(CHOICES)])), posted);
  const errors = [
    ...(addresses.ok && addresses.values.mail && !isMailAddress(addresses.values.mail)
      ? [{ field: 'mail', sentence: 'notifications.errors.notAMail' }]
      : []),
    ...(addresses.ok && addresses.values.gateway && !isGatewayAddress(addresses.values.gateway)
      ? [{ field: 'gateway', sentence: 'notifications.errors.notAGateway' }]
      : []),
  ];
  if (!addresses.ok || !chosen.ok || errors.length > 0)
    return failed(addresses, [...errors, ...(chosen.ok ? [] : chosen.errors)]);
  const { mail, gateway } = addresses.values;
  // Where no gateway is set up the page does not ask for the number.
  const asked = posted['gateway'] === undefined ? { mail } : { mail, gateway };
  return { ok: true, values: { ...asked, choices: keys.map((key) => [key, choiceOf(chosen.values, key)]) } };
}

const choiceOf = (values: Record<string, (typeof CHOICES)[number]>, key: TemplateKey) => values[key]!;
