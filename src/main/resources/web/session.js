// Logs in to the page: the token is sent once, and becomes a cookie that no script can read.
'use strict';

const PATH = '/api/v1/session';
const part = name => document.getElementById('session-' + name);

function show(who) {
  const known = who.kind !== 'NONE';
  const roles = who.roles.length ? who.roles.join(', ') : 'no role';
  part('state').textContent = !known
    ? 'You are nobody known here.'
    : who.name + ': ' + roles + (who.until ? ', until ' + new Date(who.until).toLocaleString() : '');
  part('begin').hidden = known;
  part('end').hidden = who.kind !== 'SESSION';
}

async function ask(method, headers) {
  try {
    const answer = await fetch(PATH, { method, headers, cache: 'no-store', redirect: 'error' });
    const text = await answer.text();
    if (!answer.ok) {
      part('state').textContent = JSON.parse(text).detail;
    } else if (text) {
      show(JSON.parse(text));
    } else {
      await ask('GET', {});
    }
  } catch (failure) {
    part('state').textContent = 'The service does not answer: ' + failure.message;
  }
}

part('begin').addEventListener('submit', event => {
  event.preventDefault();
  const token = part('token').value.trim();
  part('token').value = '';
  ask('POST', { Authorization: 'Bearer ' + token });
});
part('end').addEventListener('click', () => ask('DELETE', {}));
ask('GET', {});
