#!/usr/bin/env bash
# Gathers real SQL for benchmarks/read.py from packages: FOLDER/postgres, FOLDER/mysql, FOLDER/sqlite.
#
# Usage: benchmarks/gather.sh FOLDER
#
# Needs pip, npm, apt-get of Debian 12 and an installed server of PostgreSQL and MariaDB (/usr/share). What programs put
# in for their placeholders is put in here too; psql's commands in scripts of extensions are left out.
set -euo pipefail
work=$(realpath -m "$1")
mkdir -p "$work"/{packages,unpacked,postgres,mysql,sqlite}

cd "$work/packages"
pip download --quiet --no-deps procrastinate==3.10.0 litellm-proxy-extras==0.4.110 matrix-synapse==1.163.2
npm pack --silent graphile-worker@0.17.3
apt-get download --quiet mediawiki roundcube-core zabbix-server-mysql zabbix-server-pgsql bacula-director-mysql \
  tt-rss zoneminder icinga2-ido-mysql icinga2-ido-pgsql
for wheel in *.whl; do unzip -qo "$wheel" -d ../unpacked; done
tar xzf graphile-worker-*.tgz -C ../unpacked
for package in *.deb; do dpkg-deb -x "$package" ../unpacked; done

cd "$work/unpacked"
cp -r procrastinate/sql "$work/postgres/procrastinate"
cp -r litellm_proxy_extras/migrations "$work/postgres/litellm"
cp -r package/sql "$work/postgres/graphile"
cp -r /usr/share/postgresql/*/extension "$work/postgres/extension"
for file in /usr/share/postgresql/*/*.sql; do install -D -m 644 "$file" -t "$work/postgres/server"; done
for file in /usr/share/mysql/*.sql; do install -D -m 644 "$file" -t "$work/mysql/server"; done

mediawiki=usr/share/mediawiki/maintenance
cp -r $mediawiki/postgres "$work/postgres/mediawiki"
cp -r $mediawiki/sqlite "$work/sqlite/mediawiki"
cp -r $mediawiki/archives "$work/mysql/mediawiki"
cp $mediawiki/*.sql "$work/mysql/mediawiki"
for family in postgres mysql sqlite; do
  cp -r usr/share/roundcube/SQL/$family "$work/$family/roundcube"
  cp usr/share/roundcube/SQL/$family.initial.sql "$work/$family/roundcube"
  find usr/share/mediawiki/extensions-core -path "*/$family/*" -name '*.sql' | while read -r file; do
    install -D -m 644 "$file" "$work/$family/mediawiki-extensions/${file//\//_}"
  done
done
for pair in postgres:pgsql mysql:mysql; do
  family=${pair%:*} name=${pair#*:}
  cp -r "usr/share/tt-rss/schema/versions/$name" "$work/$family/tt-rss"
  cp "usr/share/tt-rss/schema/ttrss_schema_$name.sql" "$work/$family/tt-rss"
  cp -r "usr/share/icinga2-ido-$name/schema" "$work/$family/icinga"
done
cp -r usr/share/zoneminder/db "$work/mysql/zoneminder"
mkdir -p "$work/mysql/zabbix" "$work/mysql/bacula"
zabbix=usr/share/zabbix-server-mysql
cp $zabbix/*.sql "$work/mysql/zabbix" 2>/dev/null || true
[ ! -f $zabbix/schema.sql.gz ] || zcat $zabbix/schema.sql.gz > "$work/mysql/zabbix/schema.sql"
find usr/share/dbconfig-common/data/bacula-director-mysql -path '*mysql*' -type f | grep -v '/scripts/' | while read -r file; do
  cp "$file" "$work/mysql/bacula/$(basename "$(dirname "$file")")_$(basename "$file").sql"
done

# Synapse: x.sql is for both, x.sql.postgres and x.sql.sqlite for one.
find synapse -name '*.sql*' -type f | while read -r file; do
  case "$file" in
    *.sql) families="postgres sqlite" ;;
    *.sql.postgres) families=postgres ;;
    *.sql.sqlite) families=sqlite ;;
    *) continue ;;
  esac
  for family in $families; do install -D -m 644 "$file" "$work/$family/${file%.sql.*}.$family.sql"; done
done

files() { find "$work/$1" -name '*.sql' -print0; }
files postgres/extension | xargs -0 sed -i '/^\\/d'
files postgres/server | xargs -0 sed -i '/^\\/d'
files postgres/graphile | xargs -0 sed -i 's/:GRAPHILE_WORKER_SCHEMA/graphile_worker/g'
files postgres | xargs -0 sed -i 's/\$%AUTO_INCREMENT_PRIMARY_KEY%\$/BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY/'
files sqlite/synapse | xargs -0 sed -i 's/\$%AUTO_INCREMENT_PRIMARY_KEY%\$/INTEGER PRIMARY KEY AUTOINCREMENT/'
files sqlite/mediawiki | xargs -0 sed -i -E \
  's/AUTO_INCREMENT/AUTOINCREMENT/; s/\) binary/)/I; s/MAX_ROWS=[0-9]+ AVG_ROW_LENGTH=[0-9]+//; s/\bENUM ?\([^)]*\)/TEXT/I'
