"""Volatility of PostgreSQL's functions.

Taken from ``pg_proc.provolatile`` of PostgreSQL 15.20 and compared with the server at hand by a test;
functions of 16 to 18 and of the bundled extensions from their manual pages. A name counts as volatile when
one of its overloads is. Left out are functions that back operators, types, statistics and administration. An
expression with a function that is in neither list is of unknown volatility.
"""

from __future__ import annotations

VOLATILE = frozenset(
    """
    clock_timestamp current_query currval gen_random_uuid lastval nextval random set_config setseed setval
    timeofday ts_rewrite ts_stat cursor_to_xml cursor_to_xmlschema query_to_xml query_to_xml_and_xmlschema
    query_to_xmlschema lo_create lo_creat lo_export lo_from_bytea lo_get lo_open lo_put lo_unlink
    pg_advisory_lock pg_advisory_lock_shared pg_advisory_unlock pg_advisory_unlock_all
    pg_advisory_unlock_shared pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_try_advisory_lock
    pg_try_advisory_lock_shared pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared
    pg_current_wal_flush_lsn pg_current_wal_insert_lsn pg_current_wal_lsn pg_database_size pg_indexes_size
    pg_is_in_recovery pg_logical_emit_message pg_notify pg_read_binary_file pg_read_file pg_relation_size
    pg_sleep pg_sleep_for pg_sleep_until pg_table_size pg_tablespace_size pg_total_relation_size
    pg_xact_commit_timestamp txid_status
    """.split()  # noqa: SIM905
)
"""Built in on every version."""

VOLATILE_ELSEWHERE = frozenset(
    """
    array_sample array_shuffle random_normal uuidv4 uuidv7 uuid_generate_v1 uuid_generate_v1mc
    uuid_generate_v4 gen_random_bytes gen_salt dblink dblink_exec crosstab normal_rand
    """.split()  # noqa: SIM905
)
"""Built in since 16 (arrays, random_normal) and 18 (uuidv4, uuidv7), or from a bundled extension."""

NOT_VOLATILE = frozenset(
    """
    abs acos acosd acosh asin asind asinh atan atan2 atan2d atand atanh cbrt ceil ceiling cos cosd cosh cot
    cotd degrees div exp factorial floor gcd lcm ln log log10 mod pi pow power radians round sign sin sind
    sinh sqrt tan tand tanh trim_scale trunc width_bucket scale min_scale age date date_bin date_part
    date_trunc extract isfinite justify_days justify_hours justify_interval make_date make_interval make_time
    make_timestamp make_timestamptz now overlaps statement_timestamp time timestamp timestamptz timetz
    timezone to_date to_timestamp transaction_timestamp interval ascii bit_length btrim char_length
    character_length chr concat concat_ws convert convert_from convert_to decode encode format get_bit
    get_byte initcap is_normalized left length lower lpad ltrim md5 normalize octet_length overlay parse_ident
    position quote_ident quote_literal quote_nullable regexp_count regexp_instr regexp_like regexp_match
    regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table regexp_substr repeat replace
    reverse right rpad rtrim set_bit set_byte sha224 sha256 sha384 sha512 split_part starts_with
    string_to_array string_to_table strpos substr substring to_ascii to_char to_hex to_number translate unistr
    upper bit_count array_append array_cat array_dims array_fill array_length array_lower array_ndims
    array_position array_positions array_prepend array_remove array_replace array_to_json array_to_string
    array_upper cardinality trim_array unnest generate_series generate_subscripts json_array_elements
    json_array_elements_text json_array_length json_build_array json_build_object json_each json_each_text
    json_extract_path json_extract_path_text json_object json_object_keys json_populate_record
    json_populate_recordset json_strip_nulls json_to_record json_to_recordset json_typeof row_to_json to_json
    jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object
    jsonb_each jsonb_each_text jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object
    jsonb_object_keys jsonb_path_exists jsonb_path_match jsonb_path_query jsonb_path_query_array
    jsonb_path_query_first jsonb_populate_record jsonb_populate_recordset jsonb_pretty jsonb_set jsonb_set_lax
    jsonb_strip_nulls jsonb_to_record jsonb_to_recordset jsonb_typeof to_jsonb abbrev area box broadcast
    center circle diameter family height host hostmask inet_merge inet_same_family isclosed isopen line lseg
    masklen netmask network npoints path point polygon radius set_masklen slope text width enum_first
    enum_last enum_range isempty lower_inc lower_inf range_merge upper_inc upper_inf int4range int8range
    numrange tsrange tstzrange daterange current_database current_schema current_schemas current_setting
    current_user session_user getpgusername inet_client_addr inet_client_port inet_server_addr
    inet_server_port pg_backend_pid pg_client_encoding pg_conf_load_time pg_postmaster_start_time
    pg_get_serial_sequence pg_typeof version pg_column_size num_nonnulls num_nulls obj_description
    col_description to_regclass to_regtype pg_current_xact_id pg_current_xact_id_if_assigned
    pg_current_snapshot txid_current txid_current_if_assigned txid_current_snapshot array_to_tsvector
    get_current_ts_config json_to_tsvector jsonb_to_tsvector numnode phraseto_tsquery plainto_tsquery
    querytree setweight strip to_tsquery to_tsvector ts_delete ts_filter ts_headline ts_rank ts_rank_cd
    websearch_to_tsquery xmlcomment xml_is_well_formed xpath xpath_exists bool bpchar varchar numeric money
    int2 int4 int8 float4 float8 oid xml
    """.split()  # noqa: SIM905
)
"""Built in on every version, each overload stable or immutable."""

NOT_VOLATILE_ELSEWHERE = frozenset(
    """
    coalesce nullif greatest least cast trim array row exists any all some in not and or values
    current_catalog current_date current_role current_time current_timestamp localtime localtimestamp
    system_user user collation treat grouping xmlconcat xmlelement xmlexists xmlforest xmlparse xmlpi xmlroot
    xmlserialize casefold crc32 crc32c gamma lgamma erf erfc to_bin to_oct array_sort array_reverse
    unicode_assigned json_array json_exists json_query json_scalar json_serialize json_value
    uuid_extract_timestamp uuid_extract_version date_add date_subtract uuid_generate_v3 uuid_generate_v5
    uuid_nil uuid_ns_dns uuid_ns_oid uuid_ns_url uuid_ns_x500 digest hmac crypt encrypt decrypt armor dearmor
    citext hstore ltree text2ltree ltree2text unaccent similarity word_similarity show_trgm soundex
    levenshtein metaphone dmetaphone varchar char character decimal dec int integer smallint bigint real float
    double boolean bit time timestamp national nchar
    """.split()  # noqa: SIM905
)
"""Forms with a grammar of their own, words before a parenthesis, functions of 16 to 18 and of extensions."""
