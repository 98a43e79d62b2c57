//! The databases of the PostgreSQL tests: a few, which the tests use in turn. Making and dropping one
//! for each test is a thousand files each time, and cost more than the tests themselves.

use crate::{Db, StoreError, db::MIGRATIONS};
use sha2::{Digest, Sha256};
use sqlx::{
    AssertSqlSafe, Connection, PgConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{fmt::Write, str::FromStr, time::Duration};

/// What a fresh database holds, kept beside it: the rows of its tables, and the shape of them all.
const KEEP: &str = r"
    create schema fresh;
    do $$ declare one text; filled boolean; begin
        for one in select quote_ident(tablename) from pg_tables
            where schemaname = 'public' and tablename <> '_sqlx_migrations'
        loop
            execute 'select exists (select from public.' || one || ')' into filled;
            if filled then
                execute 'create table fresh.' || one || ' as table public.' || one;
            end if;
        end loop;
    end $$;
    create view fresh.shape as
        select md5(string_agg(one, ',' order by one)) as print from (
            select concat('r', relname, relkind) as one from pg_class
                where relnamespace = 'public'::regnamespace
            union all
            select concat('a', attrelid, attname, atttypid, attnotnull) from pg_attribute
                join pg_class on pg_class.oid = attrelid
                where relnamespace = 'public'::regnamespace and attnum > 0
            union all
            select concat('c', conrelid, conname, convalidated) from pg_constraint
                where connamespace = 'public'::regnamespace
            union all
            select concat('t', tgrelid, tgname, tgenabled) from pg_trigger where not tgisinternal
        ) as all_of_it;
    create table fresh.print as select print from fresh.shape";

/// Makes a used database as it was. Triggers rest, or they would guard the rows that go.
const TIDY: &str = r"
    do $$ declare one text; begin
        set local session_replication_role = replica;
        for one in select quote_ident(tablename) from pg_tables
            where schemaname = 'public' and tablename <> '_sqlx_migrations'
        loop
            execute 'delete from public.' || one;
        end loop;
        for one in select quote_ident(tablename) from pg_tables
            where schemaname = 'fresh' and tablename <> 'print'
        loop
            execute 'insert into public.' || one || ' select * from fresh.' || one;
        end loop;
    end $$";

/// The turn of one test: its database is nobody else's until this is dropped.
pub(super) struct Turn {
    _lock: PgConnection,
}

/// Waits for no one: takes the first database that no other test has, or makes one more.
pub(super) async fn take(server: &str) -> Result<(Db, Turn), StoreError> {
    let options = PgConnectOptions::from_str(server)?;
    let mut admin = PgConnection::connect_with(&options).await?;
    let template = template(&mut admin, &options).await?;
    let mut number = 0;
    loop {
        number += 1;
        let free = sqlx::query_scalar::<_, bool>("select pg_try_advisory_lock(1501, $1)");
        if free.bind(number).fetch_one(&mut admin).await? {
            break;
        }
    }
    let name = format!("{template}_{number}");
    if !known(&mut admin, &name).await? {
        copy(&mut admin, &template, &name).await?;
    } else if !tidied(&mut admin, &options, &name).await? {
        let gone = format!("drop database {name} with (force)");
        sqlx::query(AssertSqlSafe(gone)).execute(&mut admin).await?;
        copy(&mut admin, &template, &name).await?;
    }
    let pool = PgPoolOptions::new().max_connections(24).acquire_timeout(Duration::from_secs(10));
    let db = Db::Pg(pool.connect_with(options.database(&name)).await?);
    Ok((db, Turn { _lock: admin }))
}

/// Empties a used database; says no when a test has changed its tables.
async fn tidied(
    admin: &mut PgConnection,
    options: &PgConnectOptions,
    name: &str,
) -> Result<bool, StoreError> {
    let left = "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1";
    sqlx::query(left).bind(name).execute(&mut *admin).await?;
    let mut used = PgConnection::connect_with(&options.clone().database(name)).await?;
    let same = "select (select print from fresh.shape) = (select print from fresh.print)";
    let same = sqlx::query_scalar::<_, bool>(same).fetch_one(&mut used).await?;
    if same {
        sqlx::raw_sql(TIDY).execute(&mut used).await?;
    }
    used.close().await?;
    Ok(same)
}

/// By file where there is the choice: the other way, the default since 15, writes all into the log.
async fn copy(admin: &mut PgConnection, template: &str, name: &str) -> Result<(), StoreError> {
    let version = sqlx::query_scalar::<_, i32>("select current_setting('server_version_num')::int");
    let by_file = version.fetch_one(&mut *admin).await? >= 150_000;
    let strategy = if by_file { "strategy file_copy" } else { "" };
    let copy = format!("create database {name} template {template} {strategy}");
    sqlx::query(AssertSqlSafe(copy)).execute(admin).await?;
    Ok(())
}

async fn known(admin: &mut PgConnection, name: &str) -> Result<bool, StoreError> {
    let found = "select exists (select from pg_database where datname = $1)";
    Ok(sqlx::query_scalar::<_, bool>(found).bind(name).fetch_one(admin).await?)
}

/// The name of the template, which is migrated once for each set of migrations and server.
async fn template(
    admin: &mut PgConnection,
    options: &PgConnectOptions,
) -> Result<String, StoreError> {
    let template = template_name();
    // Tests run in many processes at once; one makes the template, the others wait here.
    sqlx::query("select pg_advisory_lock(15, 1500)").execute(&mut *admin).await?;
    if !known(admin, &template).await? {
        make_template(admin, options, &template).await?;
    }
    sqlx::query("select pg_advisory_unlock(15, 1500)").execute(admin).await?;
    Ok(template)
}

/// Migrates under another name, so that a template of the right name is always whole.
async fn make_template(
    admin: &mut PgConnection,
    options: &PgConnectOptions,
    template: &str,
) -> Result<(), StoreError> {
    let making = format!("{template}_making");
    for text in [
        format!("drop database if exists {making} with (force)"),
        format!("create database {making} template template0 encoding 'UTF8' locale 'C.UTF-8'"),
    ] {
        sqlx::query(AssertSqlSafe(text)).execute(&mut *admin).await?;
    }
    let mut fresh = PgConnection::connect_with(&options.clone().database(&making)).await?;
    MIGRATIONS.run(&mut fresh).await?;
    sqlx::raw_sql(KEEP).execute(&mut fresh).await?;
    fresh.close().await?;
    let rename = format!("alter database {making} rename to {template}");
    sqlx::query(AssertSqlSafe(rename)).execute(&mut *admin).await?;
    Ok(())
}

fn template_name() -> String {
    let mut hash = Sha256::new();
    hash.update(KEEP);
    for migration in MIGRATIONS.iter() {
        hash.update(migration.version.to_be_bytes());
        hash.update(&migration.checksum);
    }
    let mut name = "fifteen_template_".to_owned();
    for byte in hash.finalize().iter().take(8) {
        write!(name, "{byte:02x}").expect("a string takes every write");
    }
    name
}
