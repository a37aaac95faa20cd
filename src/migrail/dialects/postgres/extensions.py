"""What extensions bring along, as far as migrations name it.

Those that come with the server are compared with one that has them by a test; PostGIS is written down from the
scripts of PostGIS 3 (``postgis.sql.in``, ``geography.sql.in``). An extension that is not listed may bring anything.
"""

from __future__ import annotations

from migrail.dialects._interface import Extension

_TYPES = {
    "btree_gist": "gbtreekey2 gbtreekey4 gbtreekey8 gbtreekey16 gbtreekey32 gbtreekey_var",
    "citext": "citext",
    "cube": "cube",
    "dblink": "dblink_pkey_results",
    "earthdistance": "earth",
    "hstore": "hstore ghstore",
    "intarray": "query_int intbig_gkey",
    "isn": "ean13 isbn isbn13 ismn ismn13 issn issn13 upc",
    "lo": "lo",
    "ltree": "ltree lquery ltxtquery ltree_gist",
    "pg_trgm": "gtrgm",
    "postgis": "geometry geography box2d box2df box3d gidx spheroid geometry_dump valid_detail",
    "seg": "seg",
    "tablefunc": "tablefunc_crosstab_2 tablefunc_crosstab_3 tablefunc_crosstab_4",
}
_RELATIONS = {
    "pg_buffercache": "pg_buffercache",
    "pg_stat_statements": "pg_stat_statements pg_stat_statements_info",
    "postgis": "spatial_ref_sys geometry_columns geography_columns",
}
_FUNCTIONS = {
    "pgcrypto": (
        "armor crypt dearmor decrypt decrypt_iv digest encrypt encrypt_iv gen_random_bytes gen_salt hmac "
        "pgp_armor_headers pgp_key_id pgp_pub_decrypt pgp_pub_decrypt_bytea pgp_pub_encrypt pgp_pub_encrypt_bytea "
        "pgp_sym_decrypt pgp_sym_decrypt_bytea pgp_sym_encrypt pgp_sym_encrypt_bytea"
    ),
    "uuid-ossp": (
        "uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_nil "
        "uuid_ns_dns uuid_ns_oid uuid_ns_url uuid_ns_x500"
    ),
}
"""Functions over types of the server, which defaults call; without those that pg_catalog has as well."""

EXTENSIONS = {
    name: Extension(
        types=frozenset(_TYPES.get(name, "").split()),
        relations=frozenset(_RELATIONS.get(name, "").split()),
        functions=frozenset(_FUNCTIONS.get(name, "").split()),
    )
    for name in _TYPES | _RELATIONS | _FUNCTIONS
}
