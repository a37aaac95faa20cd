"""What PostgreSQL 18 can do with values of its types.

Made by ``tools/postgres_signatures.py`` from ``pg_type``, ``pg_cast``, ``pg_operator`` and ``pg_proc`` of a server;
do not edit. The fields of a line are separated by semicolons.
"""

from __future__ import annotations

VERSION = "18"
"""Of the server that was asked."""

TYPES = r"""
any;P;
"char";Z;
aclitem;U;
anyarray;P;
anycompatible;P;
anycompatiblearray;P;
anycompatiblemultirange;P;
anycompatiblenonarray;P;
anycompatiblerange;P;
anyelement;P;
anyenum;P;
anymultirange;P;
anynonarray;P;
anyrange;P;
bigint;N;
bit;V;
varbit;V;t
boolean;B;t
box;G;
bytea;U;
char;S;
varchar;S;
cid;U;
cidr;I;
circle;G;
cstring;P;
date;D;
datemultirange;R;
daterange;R;
double precision;N;t
event_trigger;P;
fdw_handler;P;
gtsvector;U;
index_am_handler;P;
inet;I;t
int2vector;A;
int4multirange;R;
int4range;R;
int8multirange;R;
int8range;R;
integer;N;
internal;P;
interval;T;t
json;U;
jsonb;U;
jsonpath;U;
language_handler;P;
line;G;
lseg;G;
macaddr;U;
macaddr8;U;
money;N;
name;S;
numeric;N;
nummultirange;R;
numrange;R;
oid;N;t
oidvector;A;
path;G;
pg_brin_bloom_summary;Z;
pg_brin_minmax_multi_summary;Z;
pg_ddl_command;P;
pg_dependencies;Z;
pg_lsn;U;
pg_mcv_list;Z;
pg_ndistinct;Z;
pg_node_tree;Z;
pg_snapshot;U;
point;G;
polygon;G;
real;N;
record;P;
refcursor;U;
regclass;N;
regcollation;N;
regconfig;N;
regdictionary;N;
regnamespace;N;
regoper;N;
regoperator;N;
regproc;N;
regprocedure;N;
regrole;N;
regtype;N;
smallint;N;
table_am_handler;P;
text;S;t
tid;U;
timetz;D;
time;D;
timestamptz;D;t
timestamp;D;
trigger;P;
tsm_handler;P;
tsmultirange;R;
tsquery;U;
tsrange;R;
tstzmultirange;R;
tstzrange;R;
tsvector;U;
txid_snapshot;U;
unknown;X;
uuid;U;
void;P;
xid;U;
xid8;U;
xml;U;
"""
"""``name;category;preferred``: category as in ``pg_type.typcategory``; ``t`` for preferred types."""

CASTS = r"""
"char";char;a
"char";varchar;a
"char";integer;e
"char";text;i
bigint;bit;e
bigint;bytea;e
bigint;double precision;i
bigint;integer;a
bigint;money;a
bigint;numeric;i
bigint;oid;i
bigint;real;i
bigint;regclass;i
bigint;regcollation;i
bigint;regconfig;i
bigint;regdictionary;i
bigint;regnamespace;i
bigint;regoper;i
bigint;regoperator;i
bigint;regproc;i
bigint;regprocedure;i
bigint;regrole;i
bigint;regtype;i
bigint;smallint;a
bit;bigint;e
bit;varbit;i
bit;integer;e
varbit;bit;i
boolean;char;a
boolean;varchar;a
boolean;integer;e
boolean;text;a
box;circle;e
box;lseg;e
box;point;e
box;polygon;a
bytea;bigint;e
bytea;integer;e
bytea;smallint;e
char;"char";a
char;varchar;i
char;name;i
char;text;i
char;xml;e
varchar;"char";a
varchar;char;i
varchar;name;i
varchar;regclass;i
varchar;text;i
varchar;xml;e
cidr;char;a
cidr;varchar;a
cidr;inet;i
cidr;text;a
circle;box;e
circle;point;e
circle;polygon;e
date;timestamptz;i
date;timestamp;i
daterange;datemultirange;e
double precision;bigint;a
double precision;integer;a
double precision;numeric;a
double precision;real;a
double precision;smallint;a
inet;char;a
inet;varchar;a
inet;cidr;a
inet;text;a
int4range;int4multirange;e
int8range;int8multirange;e
integer;"char";e
integer;bigint;i
integer;bit;e
integer;boolean;e
integer;bytea;e
integer;double precision;i
integer;money;a
integer;numeric;i
integer;oid;i
integer;real;i
integer;regclass;i
integer;regcollation;i
integer;regconfig;i
integer;regdictionary;i
integer;regnamespace;i
integer;regoper;i
integer;regoperator;i
integer;regproc;i
integer;regprocedure;i
integer;regrole;i
integer;regtype;i
integer;smallint;a
interval;time;a
json;jsonb;a
jsonb;bigint;e
jsonb;boolean;e
jsonb;double precision;e
jsonb;integer;e
jsonb;json;a
jsonb;numeric;e
jsonb;real;e
jsonb;smallint;e
lseg;point;e
macaddr;macaddr8;i
macaddr8;macaddr;i
money;numeric;a
name;char;a
name;varchar;a
name;text;i
numeric;bigint;a
numeric;double precision;i
numeric;integer;a
numeric;money;a
numeric;real;i
numeric;smallint;a
numrange;nummultirange;e
oid;bigint;a
oid;integer;a
oid;regclass;i
oid;regcollation;i
oid;regconfig;i
oid;regdictionary;i
oid;regnamespace;i
oid;regoper;i
oid;regoperator;i
oid;regproc;i
oid;regprocedure;i
oid;regrole;i
oid;regtype;i
path;polygon;a
pg_dependencies;bytea;i
pg_dependencies;text;i
pg_mcv_list;bytea;i
pg_mcv_list;text;i
pg_ndistinct;bytea;i
pg_ndistinct;text;i
pg_node_tree;text;i
point;box;a
polygon;box;e
polygon;circle;e
polygon;path;a
polygon;point;e
real;bigint;a
real;double precision;i
real;integer;a
real;numeric;a
real;smallint;a
regclass;bigint;a
regclass;integer;a
regclass;oid;i
regcollation;bigint;a
regcollation;integer;a
regcollation;oid;i
regconfig;bigint;a
regconfig;integer;a
regconfig;oid;i
regdictionary;bigint;a
regdictionary;integer;a
regdictionary;oid;i
regnamespace;bigint;a
regnamespace;integer;a
regnamespace;oid;i
regoper;bigint;a
regoper;integer;a
regoper;oid;i
regoper;regoperator;i
regoperator;bigint;a
regoperator;integer;a
regoperator;oid;i
regoperator;regoper;i
regproc;bigint;a
regproc;integer;a
regproc;oid;i
regproc;regprocedure;i
regprocedure;bigint;a
regprocedure;integer;a
regprocedure;oid;i
regprocedure;regproc;i
regrole;bigint;a
regrole;integer;a
regrole;oid;i
regtype;bigint;a
regtype;integer;a
regtype;oid;i
smallint;bigint;i
smallint;bytea;e
smallint;double precision;i
smallint;integer;i
smallint;numeric;i
smallint;oid;i
smallint;real;i
smallint;regclass;i
smallint;regcollation;i
smallint;regconfig;i
smallint;regdictionary;i
smallint;regnamespace;i
smallint;regoper;i
smallint;regoperator;i
smallint;regproc;i
smallint;regprocedure;i
smallint;regrole;i
smallint;regtype;i
text;"char";a
text;char;i
text;varchar;i
text;name;i
text;regclass;i
text;xml;e
timetz;time;a
time;interval;i
time;timetz;i
timestamptz;date;a
timestamptz;timetz;a
timestamptz;time;a
timestamptz;timestamp;a
timestamp;date;a
timestamp;time;a
timestamp;timestamptz;i
tsrange;tsmultirange;e
tstzrange;tstzmultirange;e
xid8;xid;e
xml;char;a
xml;varchar;a
xml;text;a
"""
"""``source;target;context``: ``i`` implicit, ``a`` in assignments, ``e`` only when asked for."""

OPERATORS = r"""
!!;;tsquery;tsquery
!~;char;text;boolean
!~;name;text;boolean
!~;text;text;boolean
!~*;char;text;boolean
!~*;name;text;boolean
!~*;text;text;boolean
!~~;bytea;bytea;boolean
!~~;char;text;boolean
!~~;name;text;boolean
!~~;text;text;boolean
!~~*;char;text;boolean
!~~*;name;text;boolean
!~~*;text;text;boolean
#;;path;integer
#;;polygon;integer
#;bigint;bigint;bigint
#;bit;bit;bit
#;box;box;box
#;integer;integer;integer
#;line;line;point
#;lseg;lseg;point
#;smallint;smallint;smallint
##;line;lseg;point
##;lseg;box;point
##;lseg;lseg;point
##;point;box;point
##;point;line;point
##;point;lseg;point
#-;jsonb;text[];jsonb
#>;json;text[];json
#>;jsonb;text[];jsonb
#>>;json;text[];text
#>>;jsonb;text[];text
%;bigint;bigint;bigint
%;integer;integer;integer
%;numeric;numeric;numeric
%;smallint;smallint;smallint
&;bigint;bigint;bigint
&;bit;bit;bit
&;inet;inet;inet
&;integer;integer;integer
&;macaddr;macaddr;macaddr
&;macaddr8;macaddr8;macaddr8
&;smallint;smallint;smallint
&&;anyarray;anyarray;boolean
&&;anymultirange;anymultirange;boolean
&&;anymultirange;anyrange;boolean
&&;anyrange;anymultirange;boolean
&&;anyrange;anyrange;boolean
&&;box;box;boolean
&&;circle;circle;boolean
&&;inet;inet;boolean
&&;polygon;polygon;boolean
&&;tsquery;tsquery;tsquery
&<;anymultirange;anymultirange;boolean
&<;anymultirange;anyrange;boolean
&<;anyrange;anymultirange;boolean
&<;anyrange;anyrange;boolean
&<;box;box;boolean
&<;circle;circle;boolean
&<;polygon;polygon;boolean
&<|;box;box;boolean
&<|;circle;circle;boolean
&<|;polygon;polygon;boolean
&>;anymultirange;anymultirange;boolean
&>;anymultirange;anyrange;boolean
&>;anyrange;anymultirange;boolean
&>;anyrange;anyrange;boolean
&>;box;box;boolean
&>;circle;circle;boolean
&>;polygon;polygon;boolean
*;anymultirange;anymultirange;anymultirange
*;anyrange;anyrange;anyrange
*;bigint;bigint;bigint
*;bigint;integer;bigint
*;bigint;money;money
*;bigint;smallint;bigint
*;box;point;box
*;circle;point;circle
*;double precision;double precision;double precision
*;double precision;interval;interval
*;double precision;money;money
*;double precision;real;double precision
*;integer;bigint;bigint
*;integer;integer;integer
*;integer;money;money
*;integer;smallint;integer
*;interval;double precision;interval
*;money;bigint;money
*;money;double precision;money
*;money;integer;money
*;money;real;money
*;money;smallint;money
*;numeric;numeric;numeric
*;path;point;path
*;point;point;point
*;real;double precision;double precision
*;real;money;money
*;real;real;real
*;smallint;bigint;bigint
*;smallint;integer;integer
*;smallint;money;money
*;smallint;smallint;smallint
*<;record;record;boolean
*<=;record;record;boolean
*<>;record;record;boolean
*=;record;record;boolean
*>;record;record;boolean
*>=;record;record;boolean
+;;bigint;bigint
+;;double precision;double precision
+;;integer;integer
+;;numeric;numeric
+;;real;real
+;;smallint;smallint
+;aclitem[];aclitem;aclitem[]
+;anymultirange;anymultirange;anymultirange
+;anyrange;anyrange;anyrange
+;bigint;bigint;bigint
+;bigint;inet;inet
+;bigint;integer;bigint
+;bigint;smallint;bigint
+;box;point;box
+;circle;point;circle
+;date;integer;date
+;date;interval;timestamp
+;date;timetz;timestamptz
+;date;time;timestamp
+;double precision;double precision;double precision
+;double precision;real;double precision
+;inet;bigint;inet
+;integer;bigint;bigint
+;integer;date;date
+;integer;integer;integer
+;integer;smallint;integer
+;interval;date;timestamp
+;interval;interval;interval
+;interval;timetz;timetz
+;interval;time;time
+;interval;timestamptz;timestamptz
+;interval;timestamp;timestamp
+;money;money;money
+;numeric;numeric;numeric
+;numeric;pg_lsn;pg_lsn
+;path;path;path
+;path;point;path
+;pg_lsn;numeric;pg_lsn
+;point;point;point
+;real;double precision;double precision
+;real;real;real
+;smallint;bigint;bigint
+;smallint;integer;integer
+;smallint;smallint;smallint
+;timetz;date;timestamptz
+;timetz;interval;timetz
+;time;date;timestamp
+;time;interval;time
+;timestamptz;interval;timestamptz
+;timestamp;interval;timestamp
-;;bigint;bigint
-;;double precision;double precision
-;;integer;integer
-;;interval;interval
-;;numeric;numeric
-;;real;real
-;;smallint;smallint
-;aclitem[];aclitem;aclitem[]
-;anymultirange;anymultirange;anymultirange
-;anyrange;anyrange;anyrange
-;bigint;bigint;bigint
-;bigint;integer;bigint
-;bigint;smallint;bigint
-;box;point;box
-;circle;point;circle
-;date;date;integer
-;date;integer;date
-;date;interval;timestamp
-;double precision;double precision;double precision
-;double precision;real;double precision
-;inet;bigint;inet
-;inet;inet;bigint
-;integer;bigint;bigint
-;integer;integer;integer
-;integer;smallint;integer
-;interval;interval;interval
-;jsonb;integer;jsonb
-;jsonb;text;jsonb
-;jsonb;text[];jsonb
-;money;money;money
-;numeric;numeric;numeric
-;path;point;path
-;pg_lsn;numeric;pg_lsn
-;pg_lsn;pg_lsn;numeric
-;point;point;point
-;real;double precision;double precision
-;real;real;real
-;smallint;bigint;bigint
-;smallint;integer;integer
-;smallint;smallint;smallint
-;timetz;interval;timetz
-;time;interval;time
-;time;time;interval
-;timestamptz;interval;timestamptz
-;timestamptz;timestamptz;interval
-;timestamp;interval;timestamp
-;timestamp;timestamp;interval
->;json;integer;json
->;json;text;json
->;jsonb;integer;jsonb
->;jsonb;text;jsonb
->>;json;integer;text
->>;json;text;text
->>;jsonb;integer;text
->>;jsonb;text;text
-|-;anymultirange;anymultirange;boolean
-|-;anymultirange;anyrange;boolean
-|-;anyrange;anymultirange;boolean
-|-;anyrange;anyrange;boolean
/;bigint;bigint;bigint
/;bigint;integer;bigint
/;bigint;smallint;bigint
/;box;point;box
/;circle;point;circle
/;double precision;double precision;double precision
/;double precision;real;double precision
/;integer;bigint;bigint
/;integer;integer;integer
/;integer;smallint;integer
/;interval;double precision;interval
/;money;bigint;money
/;money;double precision;money
/;money;integer;money
/;money;money;double precision
/;money;real;money
/;money;smallint;money
/;numeric;numeric;numeric
/;path;point;path
/;point;point;point
/;real;double precision;double precision
/;real;real;real
/;smallint;bigint;bigint
/;smallint;integer;integer
/;smallint;smallint;smallint
<;"char";"char";boolean
<;anyarray;anyarray;boolean
<;anyenum;anyenum;boolean
<;anymultirange;anymultirange;boolean
<;anyrange;anyrange;boolean
<;bigint;bigint;boolean
<;bigint;integer;boolean
<;bigint;smallint;boolean
<;bit;bit;boolean
<;varbit;varbit;boolean
<;boolean;boolean;boolean
<;box;box;boolean
<;bytea;bytea;boolean
<;char;char;boolean
<;circle;circle;boolean
<;date;date;boolean
<;date;timestamptz;boolean
<;date;timestamp;boolean
<;double precision;double precision;boolean
<;double precision;real;boolean
<;inet;inet;boolean
<;integer;bigint;boolean
<;integer;integer;boolean
<;integer;smallint;boolean
<;interval;interval;boolean
<;jsonb;jsonb;boolean
<;lseg;lseg;boolean
<;macaddr;macaddr;boolean
<;macaddr8;macaddr8;boolean
<;money;money;boolean
<;name;name;boolean
<;name;text;boolean
<;numeric;numeric;boolean
<;oid;oid;boolean
<;oidvector;oidvector;boolean
<;path;path;boolean
<;pg_lsn;pg_lsn;boolean
<;real;double precision;boolean
<;real;real;boolean
<;record;record;boolean
<;smallint;bigint;boolean
<;smallint;integer;boolean
<;smallint;smallint;boolean
<;text;name;boolean
<;text;text;boolean
<;tid;tid;boolean
<;timetz;timetz;boolean
<;time;time;boolean
<;timestamptz;date;boolean
<;timestamptz;timestamptz;boolean
<;timestamptz;timestamp;boolean
<;timestamp;date;boolean
<;timestamp;timestamptz;boolean
<;timestamp;timestamp;boolean
<;tsquery;tsquery;boolean
<;tsvector;tsvector;boolean
<;uuid;uuid;boolean
<;xid8;xid8;boolean
<->;box;box;double precision
<->;box;lseg;double precision
<->;box;point;double precision
<->;circle;circle;double precision
<->;circle;point;double precision
<->;circle;polygon;double precision
<->;line;line;double precision
<->;line;lseg;double precision
<->;line;point;double precision
<->;lseg;box;double precision
<->;lseg;line;double precision
<->;lseg;lseg;double precision
<->;lseg;point;double precision
<->;path;path;double precision
<->;path;point;double precision
<->;point;box;double precision
<->;point;circle;double precision
<->;point;line;double precision
<->;point;lseg;double precision
<->;point;path;double precision
<->;point;point;double precision
<->;point;polygon;double precision
<->;polygon;circle;double precision
<->;polygon;point;double precision
<->;polygon;polygon;double precision
<->;tsquery;tsquery;tsquery
<<;anymultirange;anymultirange;boolean
<<;anymultirange;anyrange;boolean
<<;anyrange;anymultirange;boolean
<<;anyrange;anyrange;boolean
<<;bigint;integer;bigint
<<;bit;integer;bit
<<;box;box;boolean
<<;circle;circle;boolean
<<;inet;inet;boolean
<<;integer;integer;integer
<<;point;point;boolean
<<;polygon;polygon;boolean
<<;smallint;integer;smallint
<<=;inet;inet;boolean
<<|;box;box;boolean
<<|;circle;circle;boolean
<<|;point;point;boolean
<<|;polygon;polygon;boolean
<=;"char";"char";boolean
<=;anyarray;anyarray;boolean
<=;anyenum;anyenum;boolean
<=;anymultirange;anymultirange;boolean
<=;anyrange;anyrange;boolean
<=;bigint;bigint;boolean
<=;bigint;integer;boolean
<=;bigint;smallint;boolean
<=;bit;bit;boolean
<=;varbit;varbit;boolean
<=;boolean;boolean;boolean
<=;box;box;boolean
<=;bytea;bytea;boolean
<=;char;char;boolean
<=;circle;circle;boolean
<=;date;date;boolean
<=;date;timestamptz;boolean
<=;date;timestamp;boolean
<=;double precision;double precision;boolean
<=;double precision;real;boolean
<=;inet;inet;boolean
<=;integer;bigint;boolean
<=;integer;integer;boolean
<=;integer;smallint;boolean
<=;interval;interval;boolean
<=;jsonb;jsonb;boolean
<=;lseg;lseg;boolean
<=;macaddr;macaddr;boolean
<=;macaddr8;macaddr8;boolean
<=;money;money;boolean
<=;name;name;boolean
<=;name;text;boolean
<=;numeric;numeric;boolean
<=;oid;oid;boolean
<=;oidvector;oidvector;boolean
<=;path;path;boolean
<=;pg_lsn;pg_lsn;boolean
<=;real;double precision;boolean
<=;real;real;boolean
<=;record;record;boolean
<=;smallint;bigint;boolean
<=;smallint;integer;boolean
<=;smallint;smallint;boolean
<=;text;name;boolean
<=;text;text;boolean
<=;tid;tid;boolean
<=;timetz;timetz;boolean
<=;time;time;boolean
<=;timestamptz;date;boolean
<=;timestamptz;timestamptz;boolean
<=;timestamptz;timestamp;boolean
<=;timestamp;date;boolean
<=;timestamp;timestamptz;boolean
<=;timestamp;timestamp;boolean
<=;tsquery;tsquery;boolean
<=;tsvector;tsvector;boolean
<=;uuid;uuid;boolean
<=;xid8;xid8;boolean
<>;"char";"char";boolean
<>;anyarray;anyarray;boolean
<>;anyenum;anyenum;boolean
<>;anymultirange;anymultirange;boolean
<>;anyrange;anyrange;boolean
<>;bigint;bigint;boolean
<>;bigint;integer;boolean
<>;bigint;smallint;boolean
<>;bit;bit;boolean
<>;varbit;varbit;boolean
<>;boolean;boolean;boolean
<>;bytea;bytea;boolean
<>;char;char;boolean
<>;circle;circle;boolean
<>;date;date;boolean
<>;date;timestamptz;boolean
<>;date;timestamp;boolean
<>;double precision;double precision;boolean
<>;double precision;real;boolean
<>;inet;inet;boolean
<>;integer;bigint;boolean
<>;integer;integer;boolean
<>;integer;smallint;boolean
<>;interval;interval;boolean
<>;jsonb;jsonb;boolean
<>;lseg;lseg;boolean
<>;macaddr;macaddr;boolean
<>;macaddr8;macaddr8;boolean
<>;money;money;boolean
<>;name;name;boolean
<>;name;text;boolean
<>;numeric;numeric;boolean
<>;oid;oid;boolean
<>;oidvector;oidvector;boolean
<>;pg_lsn;pg_lsn;boolean
<>;point;point;boolean
<>;real;double precision;boolean
<>;real;real;boolean
<>;record;record;boolean
<>;smallint;bigint;boolean
<>;smallint;integer;boolean
<>;smallint;smallint;boolean
<>;text;name;boolean
<>;text;text;boolean
<>;tid;tid;boolean
<>;timetz;timetz;boolean
<>;time;time;boolean
<>;timestamptz;date;boolean
<>;timestamptz;timestamptz;boolean
<>;timestamptz;timestamp;boolean
<>;timestamp;date;boolean
<>;timestamp;timestamptz;boolean
<>;timestamp;timestamp;boolean
<>;tsquery;tsquery;boolean
<>;tsvector;tsvector;boolean
<>;uuid;uuid;boolean
<>;xid;integer;boolean
<>;xid;xid;boolean
<>;xid8;xid8;boolean
<@;anyarray;anyarray;boolean
<@;anyelement;anymultirange;boolean
<@;anyelement;anyrange;boolean
<@;anymultirange;anymultirange;boolean
<@;anymultirange;anyrange;boolean
<@;anyrange;anymultirange;boolean
<@;anyrange;anyrange;boolean
<@;box;box;boolean
<@;circle;circle;boolean
<@;jsonb;jsonb;boolean
<@;lseg;box;boolean
<@;lseg;line;boolean
<@;point;box;boolean
<@;point;circle;boolean
<@;point;line;boolean
<@;point;lseg;boolean
<@;point;path;boolean
<@;point;polygon;boolean
<@;polygon;polygon;boolean
<@;tsquery;tsquery;boolean
<^;box;box;boolean
<^;point;point;boolean
=;"char";"char";boolean
=;aclitem;aclitem;boolean
=;anyarray;anyarray;boolean
=;anyenum;anyenum;boolean
=;anymultirange;anymultirange;boolean
=;anyrange;anyrange;boolean
=;bigint;bigint;boolean
=;bigint;integer;boolean
=;bigint;smallint;boolean
=;bit;bit;boolean
=;varbit;varbit;boolean
=;boolean;boolean;boolean
=;box;box;boolean
=;bytea;bytea;boolean
=;char;char;boolean
=;cid;cid;boolean
=;circle;circle;boolean
=;date;date;boolean
=;date;timestamptz;boolean
=;date;timestamp;boolean
=;double precision;double precision;boolean
=;double precision;real;boolean
=;inet;inet;boolean
=;integer;bigint;boolean
=;integer;integer;boolean
=;integer;smallint;boolean
=;interval;interval;boolean
=;jsonb;jsonb;boolean
=;line;line;boolean
=;lseg;lseg;boolean
=;macaddr;macaddr;boolean
=;macaddr8;macaddr8;boolean
=;money;money;boolean
=;name;name;boolean
=;name;text;boolean
=;numeric;numeric;boolean
=;oid;oid;boolean
=;oidvector;oidvector;boolean
=;path;path;boolean
=;pg_lsn;pg_lsn;boolean
=;real;double precision;boolean
=;real;real;boolean
=;record;record;boolean
=;smallint;bigint;boolean
=;smallint;integer;boolean
=;smallint;smallint;boolean
=;text;name;boolean
=;text;text;boolean
=;tid;tid;boolean
=;timetz;timetz;boolean
=;time;time;boolean
=;timestamptz;date;boolean
=;timestamptz;timestamptz;boolean
=;timestamptz;timestamp;boolean
=;timestamp;date;boolean
=;timestamp;timestamptz;boolean
=;timestamp;timestamp;boolean
=;tsquery;tsquery;boolean
=;tsvector;tsvector;boolean
=;uuid;uuid;boolean
=;xid;integer;boolean
=;xid;xid;boolean
=;xid8;xid8;boolean
>;"char";"char";boolean
>;anyarray;anyarray;boolean
>;anyenum;anyenum;boolean
>;anymultirange;anymultirange;boolean
>;anyrange;anyrange;boolean
>;bigint;bigint;boolean
>;bigint;integer;boolean
>;bigint;smallint;boolean
>;bit;bit;boolean
>;varbit;varbit;boolean
>;boolean;boolean;boolean
>;box;box;boolean
>;bytea;bytea;boolean
>;char;char;boolean
>;circle;circle;boolean
>;date;date;boolean
>;date;timestamptz;boolean
>;date;timestamp;boolean
>;double precision;double precision;boolean
>;double precision;real;boolean
>;inet;inet;boolean
>;integer;bigint;boolean
>;integer;integer;boolean
>;integer;smallint;boolean
>;interval;interval;boolean
>;jsonb;jsonb;boolean
>;lseg;lseg;boolean
>;macaddr;macaddr;boolean
>;macaddr8;macaddr8;boolean
>;money;money;boolean
>;name;name;boolean
>;name;text;boolean
>;numeric;numeric;boolean
>;oid;oid;boolean
>;oidvector;oidvector;boolean
>;path;path;boolean
>;pg_lsn;pg_lsn;boolean
>;real;double precision;boolean
>;real;real;boolean
>;record;record;boolean
>;smallint;bigint;boolean
>;smallint;integer;boolean
>;smallint;smallint;boolean
>;text;name;boolean
>;text;text;boolean
>;tid;tid;boolean
>;timetz;timetz;boolean
>;time;time;boolean
>;timestamptz;date;boolean
>;timestamptz;timestamptz;boolean
>;timestamptz;timestamp;boolean
>;timestamp;date;boolean
>;timestamp;timestamptz;boolean
>;timestamp;timestamp;boolean
>;tsquery;tsquery;boolean
>;tsvector;tsvector;boolean
>;uuid;uuid;boolean
>;xid8;xid8;boolean
>=;"char";"char";boolean
>=;anyarray;anyarray;boolean
>=;anyenum;anyenum;boolean
>=;anymultirange;anymultirange;boolean
>=;anyrange;anyrange;boolean
>=;bigint;bigint;boolean
>=;bigint;integer;boolean
>=;bigint;smallint;boolean
>=;bit;bit;boolean
>=;varbit;varbit;boolean
>=;boolean;boolean;boolean
>=;box;box;boolean
>=;bytea;bytea;boolean
>=;char;char;boolean
>=;circle;circle;boolean
>=;date;date;boolean
>=;date;timestamptz;boolean
>=;date;timestamp;boolean
>=;double precision;double precision;boolean
>=;double precision;real;boolean
>=;inet;inet;boolean
>=;integer;bigint;boolean
>=;integer;integer;boolean
>=;integer;smallint;boolean
>=;interval;interval;boolean
>=;jsonb;jsonb;boolean
>=;lseg;lseg;boolean
>=;macaddr;macaddr;boolean
>=;macaddr8;macaddr8;boolean
>=;money;money;boolean
>=;name;name;boolean
>=;name;text;boolean
>=;numeric;numeric;boolean
>=;oid;oid;boolean
>=;oidvector;oidvector;boolean
>=;path;path;boolean
>=;pg_lsn;pg_lsn;boolean
>=;real;double precision;boolean
>=;real;real;boolean
>=;record;record;boolean
>=;smallint;bigint;boolean
>=;smallint;integer;boolean
>=;smallint;smallint;boolean
>=;text;name;boolean
>=;text;text;boolean
>=;tid;tid;boolean
>=;timetz;timetz;boolean
>=;time;time;boolean
>=;timestamptz;date;boolean
>=;timestamptz;timestamptz;boolean
>=;timestamptz;timestamp;boolean
>=;timestamp;date;boolean
>=;timestamp;timestamptz;boolean
>=;timestamp;timestamp;boolean
>=;tsquery;tsquery;boolean
>=;tsvector;tsvector;boolean
>=;uuid;uuid;boolean
>=;xid8;xid8;boolean
>>;anymultirange;anymultirange;boolean
>>;anymultirange;anyrange;boolean
>>;anyrange;anymultirange;boolean
>>;anyrange;anyrange;boolean
>>;bigint;integer;bigint
>>;bit;integer;bit
>>;box;box;boolean
>>;circle;circle;boolean
>>;inet;inet;boolean
>>;integer;integer;integer
>>;point;point;boolean
>>;polygon;polygon;boolean
>>;smallint;integer;smallint
>>=;inet;inet;boolean
>^;box;box;boolean
>^;point;point;boolean
?;jsonb;text;boolean
?#;box;box;boolean
?#;line;box;boolean
?#;line;line;boolean
?#;lseg;box;boolean
?#;lseg;line;boolean
?#;lseg;lseg;boolean
?#;path;path;boolean
?&;jsonb;text[];boolean
?-;;line;boolean
?-;;lseg;boolean
?-;point;point;boolean
?-|;line;line;boolean
?-|;lseg;lseg;boolean
?|;;line;boolean
?|;;lseg;boolean
?|;jsonb;text[];boolean
?|;point;point;boolean
?||;line;line;boolean
?||;lseg;lseg;boolean
@;;bigint;bigint
@;;double precision;double precision
@;;integer;integer
@;;numeric;numeric
@;;real;real
@;;smallint;smallint
@-@;;lseg;double precision
@-@;;path;double precision
@>;aclitem[];aclitem;boolean
@>;anyarray;anyarray;boolean
@>;anymultirange;anyelement;boolean
@>;anymultirange;anymultirange;boolean
@>;anymultirange;anyrange;boolean
@>;anyrange;anyelement;boolean
@>;anyrange;anymultirange;boolean
@>;anyrange;anyrange;boolean
@>;box;box;boolean
@>;box;point;boolean
@>;circle;circle;boolean
@>;circle;point;boolean
@>;jsonb;jsonb;boolean
@>;path;point;boolean
@>;polygon;point;boolean
@>;polygon;polygon;boolean
@>;tsquery;tsquery;boolean
@?;jsonb;jsonpath;boolean
@@;;box;point
@@;;circle;point
@@;;lseg;point
@@;;polygon;point
@@;jsonb;jsonpath;boolean
@@;text;text;boolean
@@;text;tsquery;boolean
@@;tsquery;tsvector;boolean
@@;tsvector;tsquery;boolean
@@@;tsquery;tsvector;boolean
@@@;tsvector;tsquery;boolean
^;double precision;double precision;double precision
^;numeric;numeric;numeric
^@;text;text;boolean
|;bigint;bigint;bigint
|;bit;bit;bit
|;inet;inet;inet
|;integer;integer;integer
|;macaddr;macaddr;macaddr
|;macaddr8;macaddr8;macaddr8
|;smallint;smallint;smallint
|&>;box;box;boolean
|&>;circle;circle;boolean
|&>;polygon;polygon;boolean
|/;;double precision;double precision
|>>;box;box;boolean
|>>;circle;circle;boolean
|>>;point;point;boolean
|>>;polygon;polygon;boolean
||;anycompatible;anycompatiblearray;anycompatiblearray
||;anycompatiblearray;anycompatible;anycompatiblearray
||;anycompatiblearray;anycompatiblearray;anycompatiblearray
||;anynonarray;text;text
||;varbit;varbit;varbit
||;bytea;bytea;bytea
||;jsonb;jsonb;jsonb
||;text;anynonarray;text
||;text;text;text
||;tsquery;tsquery;tsquery
||;tsvector;tsvector;tsvector
||/;;double precision;double precision
~;;bigint;bigint
~;;bit;bit
~;;inet;inet
~;;integer;integer
~;;macaddr;macaddr
~;;macaddr8;macaddr8
~;;smallint;smallint
~;char;text;boolean
~;name;text;boolean
~;text;text;boolean
~*;char;text;boolean
~*;name;text;boolean
~*;text;text;boolean
~<=~;char;char;boolean
~<=~;text;text;boolean
~<~;char;char;boolean
~<~;text;text;boolean
~=;box;box;boolean
~=;circle;circle;boolean
~=;point;point;boolean
~=;polygon;polygon;boolean
~>=~;char;char;boolean
~>=~;text;text;boolean
~>~;char;char;boolean
~>~;text;text;boolean
~~;bytea;bytea;boolean
~~;char;text;boolean
~~;name;text;boolean
~~;text;text;boolean
~~*;char;text;boolean
~~*;name;text;boolean
~~*;text;text;boolean
"""
"""``symbol;left;right;result``; no left type for a prefix operator."""

FUNCTIONS = r"""
abbrev;f;cidr;0;;;text;
abbrev;f;inet;0;;;text;
abs;f;bigint;0;;;bigint;
abs;f;double precision;0;;;double precision;
abs;f;integer;0;;;integer;
abs;f;numeric;0;;;numeric;
abs;f;real;0;;;real;
abs;f;smallint;0;;;smallint;
aclcontains;f;aclitem[],aclitem;0;;;boolean;
acldefault;f;"char",oid;0;;;aclitem[];
aclexplode;f;aclitem[];0;;t;record;grantor oid,grantee oid,privilege_type text,is_grantable boolean
aclinsert;f;aclitem[],aclitem;0;;;aclitem[];
aclitemeq;f;aclitem,aclitem;0;;;boolean;
aclremove;f;aclitem[],aclitem;0;;;aclitem[];
acos;f;double precision;0;;;double precision;
acosd;f;double precision;0;;;double precision;
acosh;f;double precision;0;;;double precision;
age;f;timestamptz;0;;;interval;
age;f;timestamptz,timestamptz;0;;;interval;
age;f;timestamp;0;;;interval;
age;f;timestamp,timestamp;0;;;interval;
age;f;xid;0;;;integer;
amvalidate;f;oid;0;;;boolean;
any_value;a;anyelement;0;;;anyelement;
anytextcat;f;anynonarray,text;0;;;text;
area;f;box;0;;;double precision;
area;f;circle;0;;;double precision;
area;f;path;0;;;double precision;
array_agg;a;anyarray;0;;;anyarray;
array_agg;a;anynonarray;0;;;anyarray;
array_append;f;anycompatiblearray,anycompatible;0;;;anycompatiblearray;
array_cat;f;anycompatiblearray,anycompatiblearray;0;;;anycompatiblearray;
array_dims;f;anyarray;0;;;text;
array_eq;f;anyarray,anyarray;0;;;boolean;
array_fill;f;anyelement,integer[];0;;;anyarray;
array_fill;f;anyelement,integer[],integer[];0;;;anyarray;
array_ge;f;anyarray,anyarray;0;;;boolean;
array_gt;f;anyarray,anyarray;0;;;boolean;
array_larger;f;anyarray,anyarray;0;;;anyarray;
array_le;f;anyarray,anyarray;0;;;boolean;
array_length;f;anyarray,integer;0;;;integer;
array_lower;f;anyarray,integer;0;;;integer;
array_lt;f;anyarray,anyarray;0;;;boolean;
array_ndims;f;anyarray;0;;;integer;
array_ne;f;anyarray,anyarray;0;;;boolean;
array_position;f;anycompatiblearray,anycompatible;0;;;integer;
array_position;f;anycompatiblearray,anycompatible,integer;0;;;integer;
array_positions;f;anycompatiblearray,anycompatible;0;;;integer[];
array_prepend;f;anycompatible,anycompatiblearray;0;;;anycompatiblearray;
array_remove;f;anycompatiblearray,anycompatible;0;;;anycompatiblearray;
array_replace;f;anycompatiblearray,anycompatible,anycompatible;0;;;anycompatiblearray;
array_reverse;f;anyarray;0;;;anyarray;
array_sample;f;anyarray,integer;0;;;anyarray;
array_shuffle;f;anyarray;0;;;anyarray;
array_smaller;f;anyarray,anyarray;0;;;anyarray;
array_sort;f;anyarray;0;;;anyarray;
array_sort;f;anyarray,boolean;0;;;anyarray;
array_sort;f;anyarray,boolean,boolean;0;;;anyarray;
array_to_json;f;anyarray;0;;;json;
array_to_json;f;anyarray,boolean;0;;;json;
array_to_string;f;anyarray,text;0;;;text;
array_to_string;f;anyarray,text,text;0;;;text;
array_to_tsvector;f;text[];0;;;tsvector;
array_upper;f;anyarray,integer;0;;;integer;
arraycontained;f;anyarray,anyarray;0;;;boolean;
arraycontains;f;anyarray,anyarray;0;;;boolean;
arrayoverlap;f;anyarray,anyarray;0;;;boolean;
ascii;f;text;0;;;integer;
asin;f;double precision;0;;;double precision;
asind;f;double precision;0;;;double precision;
asinh;f;double precision;0;;;double precision;
atan;f;double precision;0;;;double precision;
atan2;f;double precision,double precision;0;;;double precision;
atan2d;f;double precision,double precision;0;;;double precision;
atand;f;double precision;0;;;double precision;
atanh;f;double precision;0;;;double precision;
avg;a;bigint;0;;;numeric;
avg;a;double precision;0;;;double precision;
avg;a;integer;0;;;numeric;
avg;a;interval;0;;;interval;
avg;a;numeric;0;;;numeric;
avg;a;real;0;;;double precision;
avg;a;smallint;0;;;numeric;
binary_upgrade_add_sub_rel_state;f;text,oid,"char",pg_lsn;0;;;void;
binary_upgrade_create_empty_extension;f;text,text,boolean,text,oid[],text[],text[];0;;;void;
binary_upgrade_logical_slot_has_caught_up;f;name;0;;;boolean;
binary_upgrade_replorigin_advance;f;text,pg_lsn;0;;;void;
binary_upgrade_set_missing_value;f;oid,text,text;0;;;void;
binary_upgrade_set_next_array_pg_type_oid;f;oid;0;;;void;
binary_upgrade_set_next_heap_pg_class_oid;f;oid;0;;;void;
binary_upgrade_set_next_heap_relfilenode;f;oid;0;;;void;
binary_upgrade_set_next_index_pg_class_oid;f;oid;0;;;void;
binary_upgrade_set_next_index_relfilenode;f;oid;0;;;void;
binary_upgrade_set_next_multirange_array_pg_type_oid;f;oid;0;;;void;
binary_upgrade_set_next_multirange_pg_type_oid;f;oid;0;;;void;
binary_upgrade_set_next_pg_authid_oid;f;oid;0;;;void;
binary_upgrade_set_next_pg_enum_oid;f;oid;0;;;void;
binary_upgrade_set_next_pg_tablespace_oid;f;oid;0;;;void;
binary_upgrade_set_next_pg_type_oid;f;oid;0;;;void;
binary_upgrade_set_next_toast_pg_class_oid;f;oid;0;;;void;
binary_upgrade_set_next_toast_relfilenode;f;oid;0;;;void;
binary_upgrade_set_record_init_privs;f;boolean;0;;;void;
bit;f;bigint,integer;0;;;bit;
bit;f;bit,integer,boolean;0;;;bit;
bit;f;integer,integer;0;;;bit;
bit_and;a;bigint;0;;;bigint;
bit_and;a;bit;0;;;bit;
bit_and;a;integer;0;;;integer;
bit_and;a;smallint;0;;;smallint;
bit_count;f;bit;0;;;bigint;
bit_count;f;bytea;0;;;bigint;
bit_length;f;bit;0;;;integer;
bit_length;f;bytea;0;;;integer;
bit_length;f;text;0;;;integer;
bit_or;a;bigint;0;;;bigint;
bit_or;a;bit;0;;;bit;
bit_or;a;integer;0;;;integer;
bit_or;a;smallint;0;;;smallint;
bit_xor;a;bigint;0;;;bigint;
bit_xor;a;bit;0;;;bit;
bit_xor;a;integer;0;;;integer;
bit_xor;a;smallint;0;;;smallint;
bitand;f;bit,bit;0;;;bit;
bitcat;f;varbit,varbit;0;;;varbit;
bitcmp;f;bit,bit;0;;;integer;
biteq;f;bit,bit;0;;;boolean;
bitge;f;bit,bit;0;;;boolean;
bitgt;f;bit,bit;0;;;boolean;
bitle;f;bit,bit;0;;;boolean;
bitlt;f;bit,bit;0;;;boolean;
bitne;f;bit,bit;0;;;boolean;
bitnot;f;bit;0;;;bit;
bitor;f;bit,bit;0;;;bit;
bitshiftleft;f;bit,integer;0;;;bit;
bitshiftright;f;bit,integer;0;;;bit;
bittypmodin;f;cstring[];0;;;integer;
bitxor;f;bit,bit;0;;;bit;
bool;f;integer;0;;;boolean;
bool;f;jsonb;0;;;boolean;
bool_and;a;boolean;0;;;boolean;
bool_or;a;boolean;0;;;boolean;
booland_statefunc;f;boolean,boolean;0;;;boolean;
booleq;f;boolean,boolean;0;;;boolean;
boolge;f;boolean,boolean;0;;;boolean;
boolgt;f;boolean,boolean;0;;;boolean;
boolle;f;boolean,boolean;0;;;boolean;
boollt;f;boolean,boolean;0;;;boolean;
boolne;f;boolean,boolean;0;;;boolean;
boolor_statefunc;f;boolean,boolean;0;;;boolean;
boolsend;f;boolean;0;;;bytea;
bound_box;f;box,box;0;;;box;
box;f;circle;0;;;box;
box;f;point;0;;;box;
box;f;point,point;0;;;box;
box;f;polygon;0;;;box;
box_above;f;box,box;0;;;boolean;
box_above_eq;f;box,box;0;;;boolean;
box_add;f;box,point;0;;;box;
box_below;f;box,box;0;;;boolean;
box_below_eq;f;box,box;0;;;boolean;
box_center;f;box;0;;;point;
box_contain;f;box,box;0;;;boolean;
box_contain_pt;f;box,point;0;;;boolean;
box_contained;f;box,box;0;;;boolean;
box_distance;f;box,box;0;;;double precision;
box_div;f;box,point;0;;;box;
box_eq;f;box,box;0;;;boolean;
box_ge;f;box,box;0;;;boolean;
box_gt;f;box,box;0;;;boolean;
box_intersect;f;box,box;0;;;box;
box_le;f;box,box;0;;;boolean;
box_left;f;box,box;0;;;boolean;
box_lt;f;box,box;0;;;boolean;
box_mul;f;box,point;0;;;box;
box_overabove;f;box,box;0;;;boolean;
box_overbelow;f;box,box;0;;;boolean;
box_overlap;f;box,box;0;;;boolean;
box_overleft;f;box,box;0;;;boolean;
box_overright;f;box,box;0;;;boolean;
box_right;f;box,box;0;;;boolean;
box_same;f;box,box;0;;;boolean;
box_sub;f;box,point;0;;;box;
bpchar;f;"char";0;;;char;
bpchar;f;char,integer,boolean;0;;;char;
bpchar;f;name;0;;;char;
bpchar_larger;f;char,char;0;;;char;
bpchar_pattern_ge;f;char,char;0;;;boolean;
bpchar_pattern_gt;f;char,char;0;;;boolean;
bpchar_pattern_le;f;char,char;0;;;boolean;
bpchar_pattern_lt;f;char,char;0;;;boolean;
bpchar_smaller;f;char,char;0;;;char;
bpcharcmp;f;char,char;0;;;integer;
bpchareq;f;char,char;0;;;boolean;
bpcharge;f;char,char;0;;;boolean;
bpchargt;f;char,char;0;;;boolean;
bpchariclike;f;char,text;0;;;boolean;
bpcharicnlike;f;char,text;0;;;boolean;
bpcharicregexeq;f;char,text;0;;;boolean;
bpcharicregexne;f;char,text;0;;;boolean;
bpcharle;f;char,char;0;;;boolean;
bpcharlike;f;char,text;0;;;boolean;
bpcharlt;f;char,char;0;;;boolean;
bpcharne;f;char,char;0;;;boolean;
bpcharnlike;f;char,text;0;;;boolean;
bpcharregexeq;f;char,text;0;;;boolean;
bpcharregexne;f;char,text;0;;;boolean;
bpcharsend;f;char;0;;;bytea;
bpchartypmodin;f;cstring[];0;;;integer;
brin_desummarize_range;f;regclass,bigint;0;;;void;
brin_summarize_new_values;f;regclass;0;;;integer;
brin_summarize_range;f;regclass,bigint;0;;;integer;
broadcast;f;inet;0;;;inet;
btarraycmp;f;anyarray,anyarray;0;;;integer;
btboolcmp;f;boolean,boolean;0;;;integer;
btbpchar_pattern_cmp;f;char,char;0;;;integer;
btcharcmp;f;"char","char";0;;;integer;
btequalimage;f;oid;0;;;boolean;
btfloat48cmp;f;real,double precision;0;;;integer;
btfloat4cmp;f;real,real;0;;;integer;
btfloat84cmp;f;double precision,real;0;;;integer;
btfloat8cmp;f;double precision,double precision;0;;;integer;
btint24cmp;f;smallint,integer;0;;;integer;
btint28cmp;f;smallint,bigint;0;;;integer;
btint2cmp;f;smallint,smallint;0;;;integer;
btint42cmp;f;integer,smallint;0;;;integer;
btint48cmp;f;integer,bigint;0;;;integer;
btint4cmp;f;integer,integer;0;;;integer;
btint82cmp;f;bigint,smallint;0;;;integer;
btint84cmp;f;bigint,integer;0;;;integer;
btint8cmp;f;bigint,bigint;0;;;integer;
btnamecmp;f;name,name;0;;;integer;
btnametextcmp;f;name,text;0;;;integer;
btoidcmp;f;oid,oid;0;;;integer;
btoidvectorcmp;f;oidvector,oidvector;0;;;integer;
btrecordcmp;f;record,record;0;;;integer;
btrecordimagecmp;f;record,record;0;;;integer;
btrim;f;bytea,bytea;0;;;bytea;
btrim;f;text;0;;;text;
btrim;f;text,text;0;;;text;
bttext_pattern_cmp;f;text,text;0;;;integer;
bttextcmp;f;text,text;0;;;integer;
bttextnamecmp;f;text,name;0;;;integer;
bttidcmp;f;tid,tid;0;;;integer;
btvarstrequalimage;f;oid;0;;;boolean;
bytea;f;bigint;0;;;bytea;
bytea;f;integer;0;;;bytea;
bytea;f;smallint;0;;;bytea;
bytea_larger;f;bytea,bytea;0;;;bytea;
bytea_smaller;f;bytea,bytea;0;;;bytea;
byteacat;f;bytea,bytea;0;;;bytea;
byteacmp;f;bytea,bytea;0;;;integer;
byteaeq;f;bytea,bytea;0;;;boolean;
byteage;f;bytea,bytea;0;;;boolean;
byteagt;f;bytea,bytea;0;;;boolean;
byteale;f;bytea,bytea;0;;;boolean;
bytealike;f;bytea,bytea;0;;;boolean;
bytealt;f;bytea,bytea;0;;;boolean;
byteane;f;bytea,bytea;0;;;boolean;
byteanlike;f;bytea,bytea;0;;;boolean;
byteasend;f;bytea;0;;;bytea;
cardinality;f;anyarray;0;;;integer;
casefold;f;text;0;;;text;
cash_cmp;f;money,money;0;;;integer;
cash_div_cash;f;money,money;0;;;double precision;
cash_div_flt4;f;money,real;0;;;money;
cash_div_flt8;f;money,double precision;0;;;money;
cash_div_int2;f;money,smallint;0;;;money;
cash_div_int4;f;money,integer;0;;;money;
cash_div_int8;f;money,bigint;0;;;money;
cash_eq;f;money,money;0;;;boolean;
cash_ge;f;money,money;0;;;boolean;
cash_gt;f;money,money;0;;;boolean;
cash_le;f;money,money;0;;;boolean;
cash_lt;f;money,money;0;;;boolean;
cash_mi;f;money,money;0;;;money;
cash_mul_flt4;f;money,real;0;;;money;
cash_mul_flt8;f;money,double precision;0;;;money;
cash_mul_int2;f;money,smallint;0;;;money;
cash_mul_int4;f;money,integer;0;;;money;
cash_mul_int8;f;money,bigint;0;;;money;
cash_ne;f;money,money;0;;;boolean;
cash_pl;f;money,money;0;;;money;
cash_words;f;money;0;;;text;
cashlarger;f;money,money;0;;;money;
cashsmaller;f;money,money;0;;;money;
cbrt;f;double precision;0;;;double precision;
ceil;f;double precision;0;;;double precision;
ceil;f;numeric;0;;;numeric;
ceiling;f;double precision;0;;;double precision;
ceiling;f;numeric;0;;;numeric;
center;f;box;0;;;point;
center;f;circle;0;;;point;
char;f;integer;0;;;"char";
char;f;text;0;;;"char";
char_length;f;char;0;;;integer;
char_length;f;text;0;;;integer;
character_length;f;char;0;;;integer;
character_length;f;text;0;;;integer;
chareq;f;"char","char";0;;;boolean;
charge;f;"char","char";0;;;boolean;
chargt;f;"char","char";0;;;boolean;
charle;f;"char","char";0;;;boolean;
charlt;f;"char","char";0;;;boolean;
charne;f;"char","char";0;;;boolean;
charsend;f;"char";0;;;bytea;
chr;f;integer;0;;;text;
cideq;f;cid,cid;0;;;boolean;
cidr;f;inet;0;;;cidr;
cidsend;f;cid;0;;;bytea;
circle;f;box;0;;;circle;
circle;f;point,double precision;0;;;circle;
circle;f;polygon;0;;;circle;
circle_above;f;circle,circle;0;;;boolean;
circle_add_pt;f;circle,point;0;;;circle;
circle_below;f;circle,circle;0;;;boolean;
circle_center;f;circle;0;;;point;
circle_contain;f;circle,circle;0;;;boolean;
circle_contain_pt;f;circle,point;0;;;boolean;
circle_contained;f;circle,circle;0;;;boolean;
circle_distance;f;circle,circle;0;;;double precision;
circle_div_pt;f;circle,point;0;;;circle;
circle_eq;f;circle,circle;0;;;boolean;
circle_ge;f;circle,circle;0;;;boolean;
circle_gt;f;circle,circle;0;;;boolean;
circle_le;f;circle,circle;0;;;boolean;
circle_left;f;circle,circle;0;;;boolean;
circle_lt;f;circle,circle;0;;;boolean;
circle_mul_pt;f;circle,point;0;;;circle;
circle_ne;f;circle,circle;0;;;boolean;
circle_overabove;f;circle,circle;0;;;boolean;
circle_overbelow;f;circle,circle;0;;;boolean;
circle_overlap;f;circle,circle;0;;;boolean;
circle_overleft;f;circle,circle;0;;;boolean;
circle_overright;f;circle,circle;0;;;boolean;
circle_right;f;circle,circle;0;;;boolean;
circle_same;f;circle,circle;0;;;boolean;
circle_sub_pt;f;circle,point;0;;;circle;
clock_timestamp;f;;0;;;timestamptz;
close_ls;f;line,lseg;0;;;point;
close_lseg;f;lseg,lseg;0;;;point;
close_pb;f;point,box;0;;;point;
close_pl;f;point,line;0;;;point;
close_ps;f;point,lseg;0;;;point;
close_sb;f;lseg,box;0;;;point;
col_description;f;oid,integer;0;;;text;
concat;f;any;0;t;;text;
concat_ws;f;text,any;0;t;;text;
convert;f;bytea,name,name;0;;;bytea;
convert_from;f;bytea,name;0;;;text;
convert_to;f;text,name;0;;;bytea;
corr;a;double precision,double precision;0;;;double precision;
cos;f;double precision;0;;;double precision;
cosd;f;double precision;0;;;double precision;
cosh;f;double precision;0;;;double precision;
cot;f;double precision;0;;;double precision;
cotd;f;double precision;0;;;double precision;
count;a;;0;;;bigint;
count;a;any;0;;;bigint;
covar_pop;a;double precision,double precision;0;;;double precision;
covar_samp;a;double precision,double precision;0;;;double precision;
crc32;f;bytea;0;;;bigint;
crc32c;f;bytea;0;;;bigint;
cume_dist;w;;0;;;double precision;
cume_dist;a;any;0;t;;double precision;
current_database;f;;0;;;name;
current_query;f;;0;;;text;
current_schema;f;;0;;;name;
current_schemas;f;boolean;0;;;name[];
current_setting;f;text;0;;;text;
current_setting;f;text,boolean;0;;;text;
current_user;f;;0;;;name;
currtid2;f;text,tid;0;;;tid;
currval;f;regclass;0;;;bigint;
cursor_to_xml;f;refcursor,integer,boolean,boolean,text;0;;;xml;
cursor_to_xmlschema;f;refcursor,boolean,boolean,text;0;;;xml;
database_to_xml;f;boolean,boolean,text;0;;;xml;
database_to_xml_and_xmlschema;f;boolean,boolean,text;0;;;xml;
database_to_xmlschema;f;boolean,boolean,text;0;;;xml;
date;f;timestamptz;0;;;date;
date;f;timestamp;0;;;date;
date_add;f;timestamptz,interval;0;;;timestamptz;
date_add;f;timestamptz,interval,text;0;;;timestamptz;
date_bin;f;interval,timestamptz,timestamptz;0;;;timestamptz;
date_bin;f;interval,timestamp,timestamp;0;;;timestamp;
date_cmp;f;date,date;0;;;integer;
date_cmp_timestamp;f;date,timestamp;0;;;integer;
date_cmp_timestamptz;f;date,timestamptz;0;;;integer;
date_eq;f;date,date;0;;;boolean;
date_eq_timestamp;f;date,timestamp;0;;;boolean;
date_eq_timestamptz;f;date,timestamptz;0;;;boolean;
date_ge;f;date,date;0;;;boolean;
date_ge_timestamp;f;date,timestamp;0;;;boolean;
date_ge_timestamptz;f;date,timestamptz;0;;;boolean;
date_gt;f;date,date;0;;;boolean;
date_gt_timestamp;f;date,timestamp;0;;;boolean;
date_gt_timestamptz;f;date,timestamptz;0;;;boolean;
date_larger;f;date,date;0;;;date;
date_le;f;date,date;0;;;boolean;
date_le_timestamp;f;date,timestamp;0;;;boolean;
date_le_timestamptz;f;date,timestamptz;0;;;boolean;
date_lt;f;date,date;0;;;boolean;
date_lt_timestamp;f;date,timestamp;0;;;boolean;
date_lt_timestamptz;f;date,timestamptz;0;;;boolean;
date_mi;f;date,date;0;;;integer;
date_mi_interval;f;date,interval;0;;;timestamp;
date_mii;f;date,integer;0;;;date;
date_ne;f;date,date;0;;;boolean;
date_ne_timestamp;f;date,timestamp;0;;;boolean;
date_ne_timestamptz;f;date,timestamptz;0;;;boolean;
date_part;f;text,date;0;;;double precision;
date_part;f;text,interval;0;;;double precision;
date_part;f;text,timetz;0;;;double precision;
date_part;f;text,time;0;;;double precision;
date_part;f;text,timestamptz;0;;;double precision;
date_part;f;text,timestamp;0;;;double precision;
date_pl_interval;f;date,interval;0;;;timestamp;
date_pli;f;date,integer;0;;;date;
date_smaller;f;date,date;0;;;date;
date_subtract;f;timestamptz,interval;0;;;timestamptz;
date_subtract;f;timestamptz,interval,text;0;;;timestamptz;
date_trunc;f;text,interval;0;;;interval;
date_trunc;f;text,timestamptz;0;;;timestamptz;
date_trunc;f;text,timestamptz,text;0;;;timestamptz;
date_trunc;f;text,timestamp;0;;;timestamp;
datemultirange;f;;0;;;datemultirange;
datemultirange;f;daterange;0;;;datemultirange;
datemultirange;f;daterange[];0;t;;datemultirange;
daterange;f;date,date;0;;;daterange;
daterange;f;date,date,text;0;;;daterange;
daterange_canonical;f;daterange;0;;;daterange;
daterange_subdiff;f;date,date;0;;;double precision;
datetime_pl;f;date,time;0;;;timestamp;
datetimetz_pl;f;date,timetz;0;;;timestamptz;
dcbrt;f;double precision;0;;;double precision;
decode;f;text,text;0;;;bytea;
degrees;f;double precision;0;;;double precision;
dense_rank;w;;0;;;bigint;
dense_rank;a;any;0;t;;bigint;
dexp;f;double precision;0;;;double precision;
diagonal;f;box;0;;;lseg;
diameter;f;circle;0;;;double precision;
dist_bp;f;box,point;0;;;double precision;
dist_bs;f;box,lseg;0;;;double precision;
dist_cpoint;f;circle,point;0;;;double precision;
dist_cpoly;f;circle,polygon;0;;;double precision;
dist_lp;f;line,point;0;;;double precision;
dist_ls;f;line,lseg;0;;;double precision;
dist_pathp;f;path,point;0;;;double precision;
dist_pb;f;point,box;0;;;double precision;
dist_pc;f;point,circle;0;;;double precision;
dist_pl;f;point,line;0;;;double precision;
dist_polyc;f;polygon,circle;0;;;double precision;
dist_polyp;f;polygon,point;0;;;double precision;
dist_ppath;f;point,path;0;;;double precision;
dist_ppoly;f;point,polygon;0;;;double precision;
dist_ps;f;point,lseg;0;;;double precision;
dist_sb;f;lseg,box;0;;;double precision;
dist_sl;f;lseg,line;0;;;double precision;
dist_sp;f;lseg,point;0;;;double precision;
div;f;numeric,numeric;0;;;numeric;
dlog1;f;double precision;0;;;double precision;
dlog10;f;double precision;0;;;double precision;
dpow;f;double precision,double precision;0;;;double precision;
dround;f;double precision;0;;;double precision;
dsqrt;f;double precision;0;;;double precision;
dtrunc;f;double precision;0;;;double precision;
elem_contained_by_multirange;f;anyelement,anymultirange;0;;;boolean;
elem_contained_by_range;f;anyelement,anyrange;0;;;boolean;
encode;f;bytea,text;0;;;text;
enum_cmp;f;anyenum,anyenum;0;;;integer;
enum_eq;f;anyenum,anyenum;0;;;boolean;
enum_first;f;anyenum;0;;;anyenum;
enum_ge;f;anyenum,anyenum;0;;;boolean;
enum_gt;f;anyenum,anyenum;0;;;boolean;
enum_larger;f;anyenum,anyenum;0;;;anyenum;
enum_last;f;anyenum;0;;;anyenum;
enum_le;f;anyenum,anyenum;0;;;boolean;
enum_lt;f;anyenum,anyenum;0;;;boolean;
enum_ne;f;anyenum,anyenum;0;;;boolean;
enum_range;f;anyenum;0;;;anyarray;
enum_range;f;anyenum,anyenum;0;;;anyarray;
enum_smaller;f;anyenum,anyenum;0;;;anyenum;
erf;f;double precision;0;;;double precision;
erfc;f;double precision;0;;;double precision;
every;a;boolean;0;;;boolean;
exp;f;double precision;0;;;double precision;
exp;f;numeric;0;;;numeric;
extract;f;text,date;0;;;numeric;
extract;f;text,interval;0;;;numeric;
extract;f;text,timetz;0;;;numeric;
extract;f;text,time;0;;;numeric;
extract;f;text,timestamptz;0;;;numeric;
extract;f;text,timestamp;0;;;numeric;
factorial;f;bigint;0;;;numeric;
family;f;inet;0;;;integer;
first_value;w;anyelement;0;;;anyelement;
float4;f;bigint;0;;;real;
float4;f;double precision;0;;;real;
float4;f;integer;0;;;real;
float4;f;jsonb;0;;;real;
float4;f;numeric;0;;;real;
float4;f;smallint;0;;;real;
float48div;f;real,double precision;0;;;double precision;
float48eq;f;real,double precision;0;;;boolean;
float48ge;f;real,double precision;0;;;boolean;
float48gt;f;real,double precision;0;;;boolean;
float48le;f;real,double precision;0;;;boolean;
float48lt;f;real,double precision;0;;;boolean;
float48mi;f;real,double precision;0;;;double precision;
float48mul;f;real,double precision;0;;;double precision;
float48ne;f;real,double precision;0;;;boolean;
float48pl;f;real,double precision;0;;;double precision;
float4abs;f;real;0;;;real;
float4div;f;real,real;0;;;real;
float4eq;f;real,real;0;;;boolean;
float4ge;f;real,real;0;;;boolean;
float4gt;f;real,real;0;;;boolean;
float4larger;f;real,real;0;;;real;
float4le;f;real,real;0;;;boolean;
float4lt;f;real,real;0;;;boolean;
float4mi;f;real,real;0;;;real;
float4mul;f;real,real;0;;;real;
float4ne;f;real,real;0;;;boolean;
float4pl;f;real,real;0;;;real;
float4send;f;real;0;;;bytea;
float4smaller;f;real,real;0;;;real;
float4um;f;real;0;;;real;
float4up;f;real;0;;;real;
float8;f;bigint;0;;;double precision;
float8;f;integer;0;;;double precision;
float8;f;jsonb;0;;;double precision;
float8;f;numeric;0;;;double precision;
float8;f;real;0;;;double precision;
float8;f;smallint;0;;;double precision;
float84div;f;double precision,real;0;;;double precision;
float84eq;f;double precision,real;0;;;boolean;
float84ge;f;double precision,real;0;;;boolean;
float84gt;f;double precision,real;0;;;boolean;
float84le;f;double precision,real;0;;;boolean;
float84lt;f;double precision,real;0;;;boolean;
float84mi;f;double precision,real;0;;;double precision;
float84mul;f;double precision,real;0;;;double precision;
float84ne;f;double precision,real;0;;;boolean;
float84pl;f;double precision,real;0;;;double precision;
float8_avg;f;double precision[];0;;;double precision;
float8_corr;f;double precision[];0;;;double precision;
float8_covar_pop;f;double precision[];0;;;double precision;
float8_covar_samp;f;double precision[];0;;;double precision;
float8_regr_avgx;f;double precision[];0;;;double precision;
float8_regr_avgy;f;double precision[];0;;;double precision;
float8_regr_intercept;f;double precision[];0;;;double precision;
float8_regr_r2;f;double precision[];0;;;double precision;
float8_regr_slope;f;double precision[];0;;;double precision;
float8_regr_sxx;f;double precision[];0;;;double precision;
float8_regr_sxy;f;double precision[];0;;;double precision;
float8_regr_syy;f;double precision[];0;;;double precision;
float8_stddev_pop;f;double precision[];0;;;double precision;
float8_stddev_samp;f;double precision[];0;;;double precision;
float8_var_pop;f;double precision[];0;;;double precision;
float8_var_samp;f;double precision[];0;;;double precision;
float8abs;f;double precision;0;;;double precision;
float8div;f;double precision,double precision;0;;;double precision;
float8eq;f;double precision,double precision;0;;;boolean;
float8ge;f;double precision,double precision;0;;;boolean;
float8gt;f;double precision,double precision;0;;;boolean;
float8larger;f;double precision,double precision;0;;;double precision;
float8le;f;double precision,double precision;0;;;boolean;
float8lt;f;double precision,double precision;0;;;boolean;
float8mi;f;double precision,double precision;0;;;double precision;
float8mul;f;double precision,double precision;0;;;double precision;
float8ne;f;double precision,double precision;0;;;boolean;
float8pl;f;double precision,double precision;0;;;double precision;
float8send;f;double precision;0;;;bytea;
float8smaller;f;double precision,double precision;0;;;double precision;
float8um;f;double precision;0;;;double precision;
float8up;f;double precision;0;;;double precision;
floor;f;double precision;0;;;double precision;
floor;f;numeric;0;;;numeric;
flt4_mul_cash;f;real,money;0;;;money;
flt8_mul_cash;f;double precision,money;0;;;money;
fmgr_c_validator;f;oid;0;;;void;
fmgr_internal_validator;f;oid;0;;;void;
fmgr_sql_validator;f;oid;0;;;void;
format;f;text;0;;;text;
format;f;text,any;0;t;;text;
format_type;f;oid,integer;0;;;text;
gamma;f;double precision;0;;;double precision;
gcd;f;bigint,bigint;0;;;bigint;
gcd;f;integer,integer;0;;;integer;
gcd;f;numeric,numeric;0;;;numeric;
gen_random_uuid;f;;0;;;uuid;
generate_series;f;bigint,bigint;0;;t;bigint;
generate_series;f;bigint,bigint,bigint;0;;t;bigint;
generate_series;f;integer,integer;0;;t;integer;
generate_series;f;integer,integer,integer;0;;t;integer;
generate_series;f;numeric,numeric;0;;t;numeric;
generate_series;f;numeric,numeric,numeric;0;;t;numeric;
generate_series;f;timestamptz,timestamptz,interval;0;;t;timestamptz;
generate_series;f;timestamptz,timestamptz,interval,text;0;;t;timestamptz;
generate_series;f;timestamp,timestamp,interval;0;;t;timestamp;
generate_subscripts;f;anyarray,integer;0;;t;integer;
generate_subscripts;f;anyarray,integer,boolean;0;;t;integer;
get_bit;f;bit,integer;0;;;integer;
get_bit;f;bytea,bigint;0;;;integer;
get_byte;f;bytea,integer;0;;;integer;
get_current_ts_config;f;;0;;;regconfig;
getdatabaseencoding;f;;0;;;name;
getpgusername;f;;0;;;name;
gin_clean_pending_list;f;regclass;0;;;bigint;
gin_cmp_tslexeme;f;text,text;0;;;integer;
gin_compare_jsonb;f;text,text;0;;;integer;
gist_translate_cmptype_common;f;integer;0;;;smallint;
has_any_column_privilege;f;name,oid,text;0;;;boolean;
has_any_column_privilege;f;name,text,text;0;;;boolean;
has_any_column_privilege;f;oid,oid,text;0;;;boolean;
has_any_column_privilege;f;oid,text;0;;;boolean;
has_any_column_privilege;f;oid,text,text;0;;;boolean;
has_any_column_privilege;f;text,text;0;;;boolean;
has_column_privilege;f;name,oid,smallint,text;0;;;boolean;
has_column_privilege;f;name,oid,text,text;0;;;boolean;
has_column_privilege;f;name,text,smallint,text;0;;;boolean;
has_column_privilege;f;name,text,text,text;0;;;boolean;
has_column_privilege;f;oid,oid,smallint,text;0;;;boolean;
has_column_privilege;f;oid,oid,text,text;0;;;boolean;
has_column_privilege;f;oid,smallint,text;0;;;boolean;
has_column_privilege;f;oid,text,smallint,text;0;;;boolean;
has_column_privilege;f;oid,text,text;0;;;boolean;
has_column_privilege;f;oid,text,text,text;0;;;boolean;
has_column_privilege;f;text,smallint,text;0;;;boolean;
has_column_privilege;f;text,text,text;0;;;boolean;
has_database_privilege;f;name,oid,text;0;;;boolean;
has_database_privilege;f;name,text,text;0;;;boolean;
has_database_privilege;f;oid,oid,text;0;;;boolean;
has_database_privilege;f;oid,text;0;;;boolean;
has_database_privilege;f;oid,text,text;0;;;boolean;
has_database_privilege;f;text,text;0;;;boolean;
has_foreign_data_wrapper_privilege;f;name,oid,text;0;;;boolean;
has_foreign_data_wrapper_privilege;f;name,text,text;0;;;boolean;
has_foreign_data_wrapper_privilege;f;oid,oid,text;0;;;boolean;
has_foreign_data_wrapper_privilege;f;oid,text;0;;;boolean;
has_foreign_data_wrapper_privilege;f;oid,text,text;0;;;boolean;
has_foreign_data_wrapper_privilege;f;text,text;0;;;boolean;
has_function_privilege;f;name,oid,text;0;;;boolean;
has_function_privilege;f;name,text,text;0;;;boolean;
has_function_privilege;f;oid,oid,text;0;;;boolean;
has_function_privilege;f;oid,text;0;;;boolean;
has_function_privilege;f;oid,text,text;0;;;boolean;
has_function_privilege;f;text,text;0;;;boolean;
has_language_privilege;f;name,oid,text;0;;;boolean;
has_language_privilege;f;name,text,text;0;;;boolean;
has_language_privilege;f;oid,oid,text;0;;;boolean;
has_language_privilege;f;oid,text;0;;;boolean;
has_language_privilege;f;oid,text,text;0;;;boolean;
has_language_privilege;f;text,text;0;;;boolean;
has_largeobject_privilege;f;name,oid,text;0;;;boolean;
has_largeobject_privilege;f;oid,oid,text;0;;;boolean;
has_largeobject_privilege;f;oid,text;0;;;boolean;
has_parameter_privilege;f;name,text,text;0;;;boolean;
has_parameter_privilege;f;oid,text,text;0;;;boolean;
has_parameter_privilege;f;text,text;0;;;boolean;
has_schema_privilege;f;name,oid,text;0;;;boolean;
has_schema_privilege;f;name,text,text;0;;;boolean;
has_schema_privilege;f;oid,oid,text;0;;;boolean;
has_schema_privilege;f;oid,text;0;;;boolean;
has_schema_privilege;f;oid,text,text;0;;;boolean;
has_schema_privilege;f;text,text;0;;;boolean;
has_sequence_privilege;f;name,oid,text;0;;;boolean;
has_sequence_privilege;f;name,text,text;0;;;boolean;
has_sequence_privilege;f;oid,oid,text;0;;;boolean;
has_sequence_privilege;f;oid,text;0;;;boolean;
has_sequence_privilege;f;oid,text,text;0;;;boolean;
has_sequence_privilege;f;text,text;0;;;boolean;
has_server_privilege;f;name,oid,text;0;;;boolean;
has_server_privilege;f;name,text,text;0;;;boolean;
has_server_privilege;f;oid,oid,text;0;;;boolean;
has_server_privilege;f;oid,text;0;;;boolean;
has_server_privilege;f;oid,text,text;0;;;boolean;
has_server_privilege;f;text,text;0;;;boolean;
has_table_privilege;f;name,oid,text;0;;;boolean;
has_table_privilege;f;name,text,text;0;;;boolean;
has_table_privilege;f;oid,oid,text;0;;;boolean;
has_table_privilege;f;oid,text;0;;;boolean;
has_table_privilege;f;oid,text,text;0;;;boolean;
has_table_privilege;f;text,text;0;;;boolean;
has_tablespace_privilege;f;name,oid,text;0;;;boolean;
has_tablespace_privilege;f;name,text,text;0;;;boolean;
has_tablespace_privilege;f;oid,oid,text;0;;;boolean;
has_tablespace_privilege;f;oid,text;0;;;boolean;
has_tablespace_privilege;f;oid,text,text;0;;;boolean;
has_tablespace_privilege;f;text,text;0;;;boolean;
has_type_privilege;f;name,oid,text;0;;;boolean;
has_type_privilege;f;name,text,text;0;;;boolean;
has_type_privilege;f;oid,oid,text;0;;;boolean;
has_type_privilege;f;oid,text;0;;;boolean;
has_type_privilege;f;oid,text,text;0;;;boolean;
has_type_privilege;f;text,text;0;;;boolean;
hash_aclitem;f;aclitem;0;;;integer;
hash_aclitem_extended;f;aclitem,bigint;0;;;bigint;
hash_array;f;anyarray;0;;;integer;
hash_array_extended;f;anyarray,bigint;0;;;bigint;
hash_multirange;f;anymultirange;0;;;integer;
hash_multirange_extended;f;anymultirange,bigint;0;;;bigint;
hash_numeric;f;numeric;0;;;integer;
hash_numeric_extended;f;numeric,bigint;0;;;bigint;
hash_range;f;anyrange;0;;;integer;
hash_range_extended;f;anyrange,bigint;0;;;bigint;
hash_record;f;record;0;;;integer;
hash_record_extended;f;record,bigint;0;;;bigint;
hashbool;f;boolean;0;;;integer;
hashboolextended;f;boolean,bigint;0;;;bigint;
hashbpchar;f;char;0;;;integer;
hashbpcharextended;f;char,bigint;0;;;bigint;
hashbytea;f;bytea;0;;;integer;
hashbyteaextended;f;bytea,bigint;0;;;bigint;
hashchar;f;"char";0;;;integer;
hashcharextended;f;"char",bigint;0;;;bigint;
hashcid;f;cid;0;;;integer;
hashcidextended;f;cid,bigint;0;;;bigint;
hashdate;f;date;0;;;integer;
hashdateextended;f;date,bigint;0;;;bigint;
hashenum;f;anyenum;0;;;integer;
hashenumextended;f;anyenum,bigint;0;;;bigint;
hashfloat4;f;real;0;;;integer;
hashfloat4extended;f;real,bigint;0;;;bigint;
hashfloat8;f;double precision;0;;;integer;
hashfloat8extended;f;double precision,bigint;0;;;bigint;
hashinet;f;inet;0;;;integer;
hashinetextended;f;inet,bigint;0;;;bigint;
hashint2;f;smallint;0;;;integer;
hashint2extended;f;smallint,bigint;0;;;bigint;
hashint4;f;integer;0;;;integer;
hashint4extended;f;integer,bigint;0;;;bigint;
hashint8;f;bigint;0;;;integer;
hashint8extended;f;bigint,bigint;0;;;bigint;
hashmacaddr;f;macaddr;0;;;integer;
hashmacaddr8;f;macaddr8;0;;;integer;
hashmacaddr8extended;f;macaddr8,bigint;0;;;bigint;
hashmacaddrextended;f;macaddr,bigint;0;;;bigint;
hashname;f;name;0;;;integer;
hashnameextended;f;name,bigint;0;;;bigint;
hashoid;f;oid;0;;;integer;
hashoidextended;f;oid,bigint;0;;;bigint;
hashoidvector;f;oidvector;0;;;integer;
hashoidvectorextended;f;oidvector,bigint;0;;;bigint;
hashtext;f;text;0;;;integer;
hashtextextended;f;text,bigint;0;;;bigint;
hashtid;f;tid;0;;;integer;
hashtidextended;f;tid,bigint;0;;;bigint;
hashxid;f;xid;0;;;integer;
hashxid8;f;xid8;0;;;integer;
hashxid8extended;f;xid8,bigint;0;;;bigint;
hashxidextended;f;xid,bigint;0;;;bigint;
height;f;box;0;;;double precision;
host;f;inet;0;;;text;
hostmask;f;inet;0;;;inet;
icu_unicode_version;f;;0;;;text;
in_range;f;bigint,bigint,bigint,boolean,boolean;0;;;boolean;
in_range;f;date,date,interval,boolean,boolean;0;;;boolean;
in_range;f;double precision,double precision,double precision,boolean,boolean;0;;;boolean;
in_range;f;integer,integer,bigint,boolean,boolean;0;;;boolean;
in_range;f;integer,integer,integer,boolean,boolean;0;;;boolean;
in_range;f;integer,integer,smallint,boolean,boolean;0;;;boolean;
in_range;f;interval,interval,interval,boolean,boolean;0;;;boolean;
in_range;f;numeric,numeric,numeric,boolean,boolean;0;;;boolean;
in_range;f;real,real,double precision,boolean,boolean;0;;;boolean;
in_range;f;smallint,smallint,bigint,boolean,boolean;0;;;boolean;
in_range;f;smallint,smallint,integer,boolean,boolean;0;;;boolean;
in_range;f;smallint,smallint,smallint,boolean,boolean;0;;;boolean;
in_range;f;timetz,timetz,interval,boolean,boolean;0;;;boolean;
in_range;f;time,time,interval,boolean,boolean;0;;;boolean;
in_range;f;timestamptz,timestamptz,interval,boolean,boolean;0;;;boolean;
in_range;f;timestamp,timestamp,interval,boolean,boolean;0;;;boolean;
inet_client_addr;f;;0;;;inet;
inet_client_port;f;;0;;;integer;
inet_merge;f;inet,inet;0;;;cidr;
inet_same_family;f;inet,inet;0;;;boolean;
inet_server_addr;f;;0;;;inet;
inet_server_port;f;;0;;;integer;
inetand;f;inet,inet;0;;;inet;
inetmi;f;inet,inet;0;;;bigint;
inetmi_int8;f;inet,bigint;0;;;inet;
inetnot;f;inet;0;;;inet;
inetor;f;inet,inet;0;;;inet;
inetpl;f;inet,bigint;0;;;inet;
initcap;f;text;0;;;text;
int2;f;bigint;0;;;smallint;
int2;f;bytea;0;;;smallint;
int2;f;double precision;0;;;smallint;
int2;f;integer;0;;;smallint;
int2;f;jsonb;0;;;smallint;
int2;f;numeric;0;;;smallint;
int2;f;real;0;;;smallint;
int24div;f;smallint,integer;0;;;integer;
int24eq;f;smallint,integer;0;;;boolean;
int24ge;f;smallint,integer;0;;;boolean;
int24gt;f;smallint,integer;0;;;boolean;
int24le;f;smallint,integer;0;;;boolean;
int24lt;f;smallint,integer;0;;;boolean;
int24mi;f;smallint,integer;0;;;integer;
int24mul;f;smallint,integer;0;;;integer;
int24ne;f;smallint,integer;0;;;boolean;
int24pl;f;smallint,integer;0;;;integer;
int28div;f;smallint,bigint;0;;;bigint;
int28eq;f;smallint,bigint;0;;;boolean;
int28ge;f;smallint,bigint;0;;;boolean;
int28gt;f;smallint,bigint;0;;;boolean;
int28le;f;smallint,bigint;0;;;boolean;
int28lt;f;smallint,bigint;0;;;boolean;
int28mi;f;smallint,bigint;0;;;bigint;
int28mul;f;smallint,bigint;0;;;bigint;
int28ne;f;smallint,bigint;0;;;boolean;
int28pl;f;smallint,bigint;0;;;bigint;
int2_avg_accum_inv;f;bigint[],smallint;0;;;bigint[];
int2_mul_cash;f;smallint,money;0;;;money;
int2_sum;f;bigint,smallint;0;;;bigint;
int2abs;f;smallint;0;;;smallint;
int2and;f;smallint,smallint;0;;;smallint;
int2div;f;smallint,smallint;0;;;smallint;
int2eq;f;smallint,smallint;0;;;boolean;
int2ge;f;smallint,smallint;0;;;boolean;
int2gt;f;smallint,smallint;0;;;boolean;
int2int4_sum;f;bigint[];0;;;bigint;
int2larger;f;smallint,smallint;0;;;smallint;
int2le;f;smallint,smallint;0;;;boolean;
int2lt;f;smallint,smallint;0;;;boolean;
int2mi;f;smallint,smallint;0;;;smallint;
int2mod;f;smallint,smallint;0;;;smallint;
int2mul;f;smallint,smallint;0;;;smallint;
int2ne;f;smallint,smallint;0;;;boolean;
int2not;f;smallint;0;;;smallint;
int2or;f;smallint,smallint;0;;;smallint;
int2pl;f;smallint,smallint;0;;;smallint;
int2send;f;smallint;0;;;bytea;
int2shl;f;smallint,integer;0;;;smallint;
int2shr;f;smallint,integer;0;;;smallint;
int2smaller;f;smallint,smallint;0;;;smallint;
int2um;f;smallint;0;;;smallint;
int2up;f;smallint;0;;;smallint;
int2vectorsend;f;int2vector;0;;;bytea;
int2xor;f;smallint,smallint;0;;;smallint;
int4;f;"char";0;;;integer;
int4;f;bigint;0;;;integer;
int4;f;bit;0;;;integer;
int4;f;boolean;0;;;integer;
int4;f;bytea;0;;;integer;
int4;f;double precision;0;;;integer;
int4;f;jsonb;0;;;integer;
int4;f;numeric;0;;;integer;
int4;f;real;0;;;integer;
int4;f;smallint;0;;;integer;
int42div;f;integer,smallint;0;;;integer;
int42eq;f;integer,smallint;0;;;boolean;
int42ge;f;integer,smallint;0;;;boolean;
int42gt;f;integer,smallint;0;;;boolean;
int42le;f;integer,smallint;0;;;boolean;
int42lt;f;integer,smallint;0;;;boolean;
int42mi;f;integer,smallint;0;;;integer;
int42mul;f;integer,smallint;0;;;integer;
int42ne;f;integer,smallint;0;;;boolean;
int42pl;f;integer,smallint;0;;;integer;
int48div;f;integer,bigint;0;;;bigint;
int48eq;f;integer,bigint;0;;;boolean;
int48ge;f;integer,bigint;0;;;boolean;
int48gt;f;integer,bigint;0;;;boolean;
int48le;f;integer,bigint;0;;;boolean;
int48lt;f;integer,bigint;0;;;boolean;
int48mi;f;integer,bigint;0;;;bigint;
int48mul;f;integer,bigint;0;;;bigint;
int48ne;f;integer,bigint;0;;;boolean;
int48pl;f;integer,bigint;0;;;bigint;
int4_avg_accum_inv;f;bigint[],integer;0;;;bigint[];
int4_mul_cash;f;integer,money;0;;;money;
int4_sum;f;bigint,integer;0;;;bigint;
int4abs;f;integer;0;;;integer;
int4and;f;integer,integer;0;;;integer;
int4div;f;integer,integer;0;;;integer;
int4eq;f;integer,integer;0;;;boolean;
int4ge;f;integer,integer;0;;;boolean;
int4gt;f;integer,integer;0;;;boolean;
int4inc;f;integer;0;;;integer;
int4larger;f;integer,integer;0;;;integer;
int4le;f;integer,integer;0;;;boolean;
int4lt;f;integer,integer;0;;;boolean;
int4mi;f;integer,integer;0;;;integer;
int4mod;f;integer,integer;0;;;integer;
int4mul;f;integer,integer;0;;;integer;
int4multirange;f;;0;;;int4multirange;
int4multirange;f;int4range;0;;;int4multirange;
int4multirange;f;int4range[];0;t;;int4multirange;
int4ne;f;integer,integer;0;;;boolean;
int4not;f;integer;0;;;integer;
int4or;f;integer,integer;0;;;integer;
int4pl;f;integer,integer;0;;;integer;
int4range;f;integer,integer;0;;;int4range;
int4range;f;integer,integer,text;0;;;int4range;
int4range_canonical;f;int4range;0;;;int4range;
int4range_subdiff;f;integer,integer;0;;;double precision;
int4send;f;integer;0;;;bytea;
int4shl;f;integer,integer;0;;;integer;
int4shr;f;integer,integer;0;;;integer;
int4smaller;f;integer,integer;0;;;integer;
int4um;f;integer;0;;;integer;
int4up;f;integer;0;;;integer;
int4xor;f;integer,integer;0;;;integer;
int8;f;bit;0;;;bigint;
int8;f;bytea;0;;;bigint;
int8;f;double precision;0;;;bigint;
int8;f;integer;0;;;bigint;
int8;f;jsonb;0;;;bigint;
int8;f;numeric;0;;;bigint;
int8;f;oid;0;;;bigint;
int8;f;real;0;;;bigint;
int8;f;smallint;0;;;bigint;
int82div;f;bigint,smallint;0;;;bigint;
int82eq;f;bigint,smallint;0;;;boolean;
int82ge;f;bigint,smallint;0;;;boolean;
int82gt;f;bigint,smallint;0;;;boolean;
int82le;f;bigint,smallint;0;;;boolean;
int82lt;f;bigint,smallint;0;;;boolean;
int82mi;f;bigint,smallint;0;;;bigint;
int82mul;f;bigint,smallint;0;;;bigint;
int82ne;f;bigint,smallint;0;;;boolean;
int82pl;f;bigint,smallint;0;;;bigint;
int84div;f;bigint,integer;0;;;bigint;
int84eq;f;bigint,integer;0;;;boolean;
int84ge;f;bigint,integer;0;;;boolean;
int84gt;f;bigint,integer;0;;;boolean;
int84le;f;bigint,integer;0;;;boolean;
int84lt;f;bigint,integer;0;;;boolean;
int84mi;f;bigint,integer;0;;;bigint;
int84mul;f;bigint,integer;0;;;bigint;
int84ne;f;bigint,integer;0;;;boolean;
int84pl;f;bigint,integer;0;;;bigint;
int8_avg;f;bigint[];0;;;numeric;
int8_mul_cash;f;bigint,money;0;;;money;
int8_sum;f;numeric,bigint;0;;;numeric;
int8abs;f;bigint;0;;;bigint;
int8and;f;bigint,bigint;0;;;bigint;
int8dec;f;bigint;0;;;bigint;
int8dec_any;f;bigint,any;0;;;bigint;
int8div;f;bigint,bigint;0;;;bigint;
int8eq;f;bigint,bigint;0;;;boolean;
int8ge;f;bigint,bigint;0;;;boolean;
int8gt;f;bigint,bigint;0;;;boolean;
int8inc;f;bigint;0;;;bigint;
int8inc_any;f;bigint,any;0;;;bigint;
int8inc_float8_float8;f;bigint,double precision,double precision;0;;;bigint;
int8larger;f;bigint,bigint;0;;;bigint;
int8le;f;bigint,bigint;0;;;boolean;
int8lt;f;bigint,bigint;0;;;boolean;
int8mi;f;bigint,bigint;0;;;bigint;
int8mod;f;bigint,bigint;0;;;bigint;
int8mul;f;bigint,bigint;0;;;bigint;
int8multirange;f;;0;;;int8multirange;
int8multirange;f;int8range;0;;;int8multirange;
int8multirange;f;int8range[];0;t;;int8multirange;
int8ne;f;bigint,bigint;0;;;boolean;
int8not;f;bigint;0;;;bigint;
int8or;f;bigint,bigint;0;;;bigint;
int8pl;f;bigint,bigint;0;;;bigint;
int8pl_inet;f;bigint,inet;0;;;inet;
int8range;f;bigint,bigint;0;;;int8range;
int8range;f;bigint,bigint,text;0;;;int8range;
int8range_canonical;f;int8range;0;;;int8range;
int8range_subdiff;f;bigint,bigint;0;;;double precision;
int8send;f;bigint;0;;;bytea;
int8shl;f;bigint,integer;0;;;bigint;
int8shr;f;bigint,integer;0;;;bigint;
int8smaller;f;bigint,bigint;0;;;bigint;
int8um;f;bigint;0;;;bigint;
int8up;f;bigint;0;;;bigint;
int8xor;f;bigint,bigint;0;;;bigint;
integer_pl_date;f;integer,date;0;;;date;
inter_lb;f;line,box;0;;;boolean;
inter_sb;f;lseg,box;0;;;boolean;
inter_sl;f;lseg,line;0;;;boolean;
interval;f;interval,integer;0;;;interval;
interval;f;time;0;;;interval;
interval_cmp;f;interval,interval;0;;;integer;
interval_div;f;interval,double precision;0;;;interval;
interval_eq;f;interval,interval;0;;;boolean;
interval_ge;f;interval,interval;0;;;boolean;
interval_gt;f;interval,interval;0;;;boolean;
interval_hash;f;interval;0;;;integer;
interval_hash_extended;f;interval,bigint;0;;;bigint;
interval_larger;f;interval,interval;0;;;interval;
interval_le;f;interval,interval;0;;;boolean;
interval_lt;f;interval,interval;0;;;boolean;
interval_mi;f;interval,interval;0;;;interval;
interval_mul;f;interval,double precision;0;;;interval;
interval_ne;f;interval,interval;0;;;boolean;
interval_pl;f;interval,interval;0;;;interval;
interval_pl_date;f;interval,date;0;;;timestamp;
interval_pl_time;f;interval,time;0;;;time;
interval_pl_timestamp;f;interval,timestamp;0;;;timestamp;
interval_pl_timestamptz;f;interval,timestamptz;0;;;timestamptz;
interval_pl_timetz;f;interval,timetz;0;;;timetz;
interval_smaller;f;interval,interval;0;;;interval;
interval_um;f;interval;0;;;interval;
intervaltypmodin;f;cstring[];0;;;integer;
is_normalized;f;text,text;1;;;boolean;
isclosed;f;path;0;;;boolean;
isempty;f;anymultirange;0;;;boolean;
isempty;f;anyrange;0;;;boolean;
isfinite;f;date;0;;;boolean;
isfinite;f;interval;0;;;boolean;
isfinite;f;timestamptz;0;;;boolean;
isfinite;f;timestamp;0;;;boolean;
ishorizontal;f;line;0;;;boolean;
ishorizontal;f;lseg;0;;;boolean;
ishorizontal;f;point,point;0;;;boolean;
isopen;f;path;0;;;boolean;
isparallel;f;line,line;0;;;boolean;
isparallel;f;lseg,lseg;0;;;boolean;
isperp;f;line,line;0;;;boolean;
isperp;f;lseg,lseg;0;;;boolean;
isvertical;f;line;0;;;boolean;
isvertical;f;lseg;0;;;boolean;
isvertical;f;point,point;0;;;boolean;
json_agg;a;anyelement;0;;;json;
json_agg_strict;a;anyelement;0;;;json;
json_array_element;f;json,integer;0;;;json;
json_array_element_text;f;json,integer;0;;;text;
json_array_elements;f;json;0;;t;json;value json
json_array_elements_text;f;json;0;;t;text;value text
json_array_length;f;json;0;;;integer;
json_build_array;f;;0;;;json;
json_build_array;f;any;0;t;;json;
json_build_object;f;;0;;;json;
json_build_object;f;any;0;t;;json;
json_each;f;json;0;;t;record;key text,value json
json_each_text;f;json;0;;t;record;key text,value text
json_extract_path;f;json,text[];0;t;;json;
json_extract_path_text;f;json,text[];0;t;;text;
json_object;f;text[];0;;;json;
json_object;f;text[],text[];0;;;json;
json_object_agg;a;any,any;0;;;json;
json_object_agg_strict;a;any,any;0;;;json;
json_object_agg_unique;a;any,any;0;;;json;
json_object_agg_unique_strict;a;any,any;0;;;json;
json_object_field;f;json,text;0;;;json;
json_object_field_text;f;json,text;0;;;text;
json_object_keys;f;json;0;;t;text;
json_populate_record;f;anyelement,json,boolean;1;;;anyelement;
json_populate_recordset;f;anyelement,json,boolean;1;;t;anyelement;
json_strip_nulls;f;json,boolean;1;;;json;
json_to_record;f;json;0;;;record;
json_to_recordset;f;json;0;;t;record;
json_to_tsvector;f;json,jsonb;0;;;tsvector;
json_to_tsvector;f;regconfig,json,jsonb;0;;;tsvector;
json_typeof;f;json;0;;;text;
jsonb_agg;a;anyelement;0;;;jsonb;
jsonb_agg_strict;a;anyelement;0;;;jsonb;
jsonb_array_element;f;jsonb,integer;0;;;jsonb;
jsonb_array_element_text;f;jsonb,integer;0;;;text;
jsonb_array_elements;f;jsonb;0;;t;jsonb;value jsonb
jsonb_array_elements_text;f;jsonb;0;;t;text;value text
jsonb_array_length;f;jsonb;0;;;integer;
jsonb_build_array;f;;0;;;jsonb;
jsonb_build_array;f;any;0;t;;jsonb;
jsonb_build_object;f;;0;;;jsonb;
jsonb_build_object;f;any;0;t;;jsonb;
jsonb_cmp;f;jsonb,jsonb;0;;;integer;
jsonb_concat;f;jsonb,jsonb;0;;;jsonb;
jsonb_contained;f;jsonb,jsonb;0;;;boolean;
jsonb_contains;f;jsonb,jsonb;0;;;boolean;
jsonb_delete;f;jsonb,integer;0;;;jsonb;
jsonb_delete;f;jsonb,text;0;;;jsonb;
jsonb_delete;f;jsonb,text[];0;t;;jsonb;
jsonb_delete_path;f;jsonb,text[];0;;;jsonb;
jsonb_each;f;jsonb;0;;t;record;key text,value jsonb
jsonb_each_text;f;jsonb;0;;t;record;key text,value text
jsonb_eq;f;jsonb,jsonb;0;;;boolean;
jsonb_exists;f;jsonb,text;0;;;boolean;
jsonb_exists_all;f;jsonb,text[];0;;;boolean;
jsonb_exists_any;f;jsonb,text[];0;;;boolean;
jsonb_extract_path;f;jsonb,text[];0;t;;jsonb;
jsonb_extract_path_text;f;jsonb,text[];0;t;;text;
jsonb_ge;f;jsonb,jsonb;0;;;boolean;
jsonb_gt;f;jsonb,jsonb;0;;;boolean;
jsonb_hash;f;jsonb;0;;;integer;
jsonb_hash_extended;f;jsonb,bigint;0;;;bigint;
jsonb_insert;f;jsonb,text[],jsonb,boolean;1;;;jsonb;
jsonb_le;f;jsonb,jsonb;0;;;boolean;
jsonb_lt;f;jsonb,jsonb;0;;;boolean;
jsonb_ne;f;jsonb,jsonb;0;;;boolean;
jsonb_object;f;text[];0;;;jsonb;
jsonb_object;f;text[],text[];0;;;jsonb;
jsonb_object_agg;a;any,any;0;;;jsonb;
jsonb_object_agg_strict;a;any,any;0;;;jsonb;
jsonb_object_agg_unique;a;any,any;0;;;jsonb;
jsonb_object_agg_unique_strict;a;any,any;0;;;jsonb;
jsonb_object_field;f;jsonb,text;0;;;jsonb;
jsonb_object_field_text;f;jsonb,text;0;;;text;
jsonb_object_keys;f;jsonb;0;;t;text;
jsonb_path_exists;f;jsonb,jsonpath,jsonb,boolean;2;;;boolean;
jsonb_path_exists_opr;f;jsonb,jsonpath;0;;;boolean;
jsonb_path_exists_tz;f;jsonb,jsonpath,jsonb,boolean;2;;;boolean;
jsonb_path_match;f;jsonb,jsonpath,jsonb,boolean;2;;;boolean;
jsonb_path_match_opr;f;jsonb,jsonpath;0;;;boolean;
jsonb_path_match_tz;f;jsonb,jsonpath,jsonb,boolean;2;;;boolean;
jsonb_path_query;f;jsonb,jsonpath,jsonb,boolean;2;;t;jsonb;
jsonb_path_query_array;f;jsonb,jsonpath,jsonb,boolean;2;;;jsonb;
jsonb_path_query_array_tz;f;jsonb,jsonpath,jsonb,boolean;2;;;jsonb;
jsonb_path_query_first;f;jsonb,jsonpath,jsonb,boolean;2;;;jsonb;
jsonb_path_query_first_tz;f;jsonb,jsonpath,jsonb,boolean;2;;;jsonb;
jsonb_path_query_tz;f;jsonb,jsonpath,jsonb,boolean;2;;t;jsonb;
jsonb_populate_record;f;anyelement,jsonb;0;;;anyelement;
jsonb_populate_record_valid;f;anyelement,jsonb;0;;;boolean;
jsonb_populate_recordset;f;anyelement,jsonb;0;;t;anyelement;
jsonb_pretty;f;jsonb;0;;;text;
jsonb_set;f;jsonb,text[],jsonb,boolean;1;;;jsonb;
jsonb_set_lax;f;jsonb,text[],jsonb,boolean,text;2;;;jsonb;
jsonb_strip_nulls;f;jsonb,boolean;1;;;jsonb;
jsonb_to_record;f;jsonb;0;;;record;
jsonb_to_recordset;f;jsonb;0;;t;record;
jsonb_to_tsvector;f;jsonb,jsonb;0;;;tsvector;
jsonb_to_tsvector;f;regconfig,jsonb,jsonb;0;;;tsvector;
jsonb_typeof;f;jsonb;0;;;text;
justify_days;f;interval;0;;;interval;
justify_hours;f;interval;0;;;interval;
justify_interval;f;interval;0;;;interval;
lag;w;anycompatible,integer,anycompatible;0;;;anycompatible;
lag;w;anyelement;0;;;anyelement;
lag;w;anyelement,integer;0;;;anyelement;
last_value;w;anyelement;0;;;anyelement;
lastval;f;;0;;;bigint;
lcm;f;bigint,bigint;0;;;bigint;
lcm;f;integer,integer;0;;;integer;
lcm;f;numeric,numeric;0;;;numeric;
lead;w;anycompatible,integer,anycompatible;0;;;anycompatible;
lead;w;anyelement;0;;;anyelement;
lead;w;anyelement,integer;0;;;anyelement;
left;f;text,integer;0;;;text;
length;f;bit;0;;;integer;
length;f;bytea;0;;;integer;
length;f;bytea,name;0;;;integer;
length;f;char;0;;;integer;
length;f;lseg;0;;;double precision;
length;f;path;0;;;double precision;
length;f;text;0;;;integer;
length;f;tsvector;0;;;integer;
lgamma;f;double precision;0;;;double precision;
like;f;bytea,bytea;0;;;boolean;
like;f;name,text;0;;;boolean;
like;f;text,text;0;;;boolean;
like_escape;f;bytea,bytea;0;;;bytea;
like_escape;f;text,text;0;;;text;
line;f;point,point;0;;;line;
line_distance;f;line,line;0;;;double precision;
line_eq;f;line,line;0;;;boolean;
line_horizontal;f;line;0;;;boolean;
line_interpt;f;line,line;0;;;point;
line_intersect;f;line,line;0;;;boolean;
line_parallel;f;line,line;0;;;boolean;
line_perp;f;line,line;0;;;boolean;
line_vertical;f;line;0;;;boolean;
ln;f;double precision;0;;;double precision;
ln;f;numeric;0;;;numeric;
lo_close;f;integer;0;;;integer;
lo_creat;f;integer;0;;;oid;
lo_create;f;oid;0;;;oid;
lo_export;f;oid,text;0;;;integer;
lo_from_bytea;f;oid,bytea;0;;;oid;
lo_get;f;oid;0;;;bytea;
lo_get;f;oid,bigint,integer;0;;;bytea;
lo_import;f;text;0;;;oid;
lo_import;f;text,oid;0;;;oid;
lo_lseek;f;integer,integer,integer;0;;;integer;
lo_lseek64;f;integer,bigint,integer;0;;;bigint;
lo_open;f;oid,integer;0;;;integer;
lo_put;f;oid,bigint,bytea;0;;;void;
lo_tell;f;integer;0;;;integer;
lo_tell64;f;integer;0;;;bigint;
lo_truncate;f;integer,integer;0;;;integer;
lo_truncate64;f;integer,bigint;0;;;integer;
lo_unlink;f;oid;0;;;integer;
log;f;double precision;0;;;double precision;
log;f;numeric;0;;;numeric;
log;f;numeric,numeric;0;;;numeric;
log10;f;double precision;0;;;double precision;
log10;f;numeric;0;;;numeric;
loread;f;integer,integer;0;;;bytea;
lower;f;anymultirange;0;;;anyelement;
lower;f;anyrange;0;;;anyelement;
lower;f;text;0;;;text;
lower_inc;f;anymultirange;0;;;boolean;
lower_inc;f;anyrange;0;;;boolean;
lower_inf;f;anymultirange;0;;;boolean;
lower_inf;f;anyrange;0;;;boolean;
lowrite;f;integer,bytea;0;;;integer;
lpad;f;text,integer;0;;;text;
lpad;f;text,integer,text;0;;;text;
lseg;f;box;0;;;lseg;
lseg;f;point,point;0;;;lseg;
lseg_center;f;lseg;0;;;point;
lseg_distance;f;lseg,lseg;0;;;double precision;
lseg_eq;f;lseg,lseg;0;;;boolean;
lseg_ge;f;lseg,lseg;0;;;boolean;
lseg_gt;f;lseg,lseg;0;;;boolean;
lseg_horizontal;f;lseg;0;;;boolean;
lseg_interpt;f;lseg,lseg;0;;;point;
lseg_intersect;f;lseg,lseg;0;;;boolean;
lseg_le;f;lseg,lseg;0;;;boolean;
lseg_length;f;lseg;0;;;double precision;
lseg_lt;f;lseg,lseg;0;;;boolean;
lseg_ne;f;lseg,lseg;0;;;boolean;
lseg_parallel;f;lseg,lseg;0;;;boolean;
lseg_perp;f;lseg,lseg;0;;;boolean;
lseg_vertical;f;lseg;0;;;boolean;
ltrim;f;bytea,bytea;0;;;bytea;
ltrim;f;text;0;;;text;
ltrim;f;text,text;0;;;text;
macaddr;f;macaddr8;0;;;macaddr;
macaddr8;f;macaddr;0;;;macaddr8;
macaddr8_and;f;macaddr8,macaddr8;0;;;macaddr8;
macaddr8_cmp;f;macaddr8,macaddr8;0;;;integer;
macaddr8_eq;f;macaddr8,macaddr8;0;;;boolean;
macaddr8_ge;f;macaddr8,macaddr8;0;;;boolean;
macaddr8_gt;f;macaddr8,macaddr8;0;;;boolean;
macaddr8_le;f;macaddr8,macaddr8;0;;;boolean;
macaddr8_lt;f;macaddr8,macaddr8;0;;;boolean;
macaddr8_ne;f;macaddr8,macaddr8;0;;;boolean;
macaddr8_not;f;macaddr8;0;;;macaddr8;
macaddr8_or;f;macaddr8,macaddr8;0;;;macaddr8;
macaddr8_set7bit;f;macaddr8;0;;;macaddr8;
macaddr_and;f;macaddr,macaddr;0;;;macaddr;
macaddr_cmp;f;macaddr,macaddr;0;;;integer;
macaddr_eq;f;macaddr,macaddr;0;;;boolean;
macaddr_ge;f;macaddr,macaddr;0;;;boolean;
macaddr_gt;f;macaddr,macaddr;0;;;boolean;
macaddr_le;f;macaddr,macaddr;0;;;boolean;
macaddr_lt;f;macaddr,macaddr;0;;;boolean;
macaddr_ne;f;macaddr,macaddr;0;;;boolean;
macaddr_not;f;macaddr;0;;;macaddr;
macaddr_or;f;macaddr,macaddr;0;;;macaddr;
make_date;f;integer,integer,integer;0;;;date;
make_interval;f;integer,integer,integer,integer,integer,integer,double precision;7;;;interval;
make_time;f;integer,integer,double precision;0;;;time;
make_timestamp;f;integer,integer,integer,integer,integer,double precision;0;;;timestamp;
make_timestamptz;f;integer,integer,integer,integer,integer,double precision;0;;;timestamptz;
make_timestamptz;f;integer,integer,integer,integer,integer,double precision,text;0;;;timestamptz;
makeaclitem;f;oid,oid,text,boolean;0;;;aclitem;
masklen;f;inet;0;;;integer;
max;a;anyarray;0;;;anyarray;
max;a;anyenum;0;;;anyenum;
max;a;bigint;0;;;bigint;
max;a;bytea;0;;;bytea;
max;a;char;0;;;char;
max;a;date;0;;;date;
max;a;double precision;0;;;double precision;
max;a;inet;0;;;inet;
max;a;integer;0;;;integer;
max;a;interval;0;;;interval;
max;a;money;0;;;money;
max;a;numeric;0;;;numeric;
max;a;oid;0;;;oid;
max;a;pg_lsn;0;;;pg_lsn;
max;a;real;0;;;real;
max;a;record;0;;;record;
max;a;smallint;0;;;smallint;
max;a;text;0;;;text;
max;a;tid;0;;;tid;
max;a;timetz;0;;;timetz;
max;a;time;0;;;time;
max;a;timestamptz;0;;;timestamptz;
max;a;timestamp;0;;;timestamp;
max;a;xid8;0;;;xid8;
md5;f;bytea;0;;;text;
md5;f;text;0;;;text;
min;a;anyarray;0;;;anyarray;
min;a;anyenum;0;;;anyenum;
min;a;bigint;0;;;bigint;
min;a;bytea;0;;;bytea;
min;a;char;0;;;char;
min;a;date;0;;;date;
min;a;double precision;0;;;double precision;
min;a;inet;0;;;inet;
min;a;integer;0;;;integer;
min;a;interval;0;;;interval;
min;a;money;0;;;money;
min;a;numeric;0;;;numeric;
min;a;oid;0;;;oid;
min;a;pg_lsn;0;;;pg_lsn;
min;a;real;0;;;real;
min;a;record;0;;;record;
min;a;smallint;0;;;smallint;
min;a;text;0;;;text;
min;a;tid;0;;;tid;
min;a;timetz;0;;;timetz;
min;a;time;0;;;time;
min;a;timestamptz;0;;;timestamptz;
min;a;timestamp;0;;;timestamp;
min;a;xid8;0;;;xid8;
min_scale;f;numeric;0;;;integer;
mod;f;bigint,bigint;0;;;bigint;
mod;f;integer,integer;0;;;integer;
mod;f;numeric,numeric;0;;;numeric;
mod;f;smallint,smallint;0;;;smallint;
mode;a;anyelement;0;;;anyelement;
money;f;bigint;0;;;money;
money;f;integer;0;;;money;
money;f;numeric;0;;;money;
mul_d_interval;f;double precision,interval;0;;;interval;
multirange;f;anyrange;0;;;anymultirange;
multirange_adjacent_multirange;f;anymultirange,anymultirange;0;;;boolean;
multirange_adjacent_range;f;anymultirange,anyrange;0;;;boolean;
multirange_after_multirange;f;anymultirange,anymultirange;0;;;boolean;
multirange_after_range;f;anymultirange,anyrange;0;;;boolean;
multirange_before_multirange;f;anymultirange,anymultirange;0;;;boolean;
multirange_before_range;f;anymultirange,anyrange;0;;;boolean;
multirange_cmp;f;anymultirange,anymultirange;0;;;integer;
multirange_contained_by_multirange;f;anymultirange,anymultirange;0;;;boolean;
multirange_contained_by_range;f;anymultirange,anyrange;0;;;boolean;
multirange_contains_elem;f;anymultirange,anyelement;0;;;boolean;
multirange_contains_multirange;f;anymultirange,anymultirange;0;;;boolean;
multirange_contains_range;f;anymultirange,anyrange;0;;;boolean;
multirange_eq;f;anymultirange,anymultirange;0;;;boolean;
multirange_ge;f;anymultirange,anymultirange;0;;;boolean;
multirange_gt;f;anymultirange,anymultirange;0;;;boolean;
multirange_intersect;f;anymultirange,anymultirange;0;;;anymultirange;
multirange_le;f;anymultirange,anymultirange;0;;;boolean;
multirange_lt;f;anymultirange,anymultirange;0;;;boolean;
multirange_minus;f;anymultirange,anymultirange;0;;;anymultirange;
multirange_ne;f;anymultirange,anymultirange;0;;;boolean;
multirange_overlaps_multirange;f;anymultirange,anymultirange;0;;;boolean;
multirange_overlaps_range;f;anymultirange,anyrange;0;;;boolean;
multirange_overleft_multirange;f;anymultirange,anymultirange;0;;;boolean;
multirange_overleft_range;f;anymultirange,anyrange;0;;;boolean;
multirange_overright_multirange;f;anymultirange,anymultirange;0;;;boolean;
multirange_overright_range;f;anymultirange,anyrange;0;;;boolean;
multirange_union;f;anymultirange,anymultirange;0;;;anymultirange;
mxid_age;f;xid;0;;;integer;
name;f;char;0;;;name;
name;f;varchar;0;;;name;
name;f;text;0;;;name;
nameconcatoid;f;name,oid;0;;;name;
nameeq;f;name,name;0;;;boolean;
nameeqtext;f;name,text;0;;;boolean;
namege;f;name,name;0;;;boolean;
namegetext;f;name,text;0;;;boolean;
namegt;f;name,name;0;;;boolean;
namegttext;f;name,text;0;;;boolean;
nameiclike;f;name,text;0;;;boolean;
nameicnlike;f;name,text;0;;;boolean;
nameicregexeq;f;name,text;0;;;boolean;
nameicregexne;f;name,text;0;;;boolean;
namele;f;name,name;0;;;boolean;
nameletext;f;name,text;0;;;boolean;
namelike;f;name,text;0;;;boolean;
namelt;f;name,name;0;;;boolean;
namelttext;f;name,text;0;;;boolean;
namene;f;name,name;0;;;boolean;
namenetext;f;name,text;0;;;boolean;
namenlike;f;name,text;0;;;boolean;
nameregexeq;f;name,text;0;;;boolean;
nameregexne;f;name,text;0;;;boolean;
namesend;f;name;0;;;bytea;
netmask;f;inet;0;;;inet;
network;f;inet;0;;;cidr;
network_cmp;f;inet,inet;0;;;integer;
network_eq;f;inet,inet;0;;;boolean;
network_ge;f;inet,inet;0;;;boolean;
network_gt;f;inet,inet;0;;;boolean;
network_larger;f;inet,inet;0;;;inet;
network_le;f;inet,inet;0;;;boolean;
network_lt;f;inet,inet;0;;;boolean;
network_ne;f;inet,inet;0;;;boolean;
network_overlap;f;inet,inet;0;;;boolean;
network_smaller;f;inet,inet;0;;;inet;
network_sub;f;inet,inet;0;;;boolean;
network_subeq;f;inet,inet;0;;;boolean;
network_sup;f;inet,inet;0;;;boolean;
network_supeq;f;inet,inet;0;;;boolean;
nextval;f;regclass;0;;;bigint;
normalize;f;text,text;1;;;text;
notlike;f;bytea,bytea;0;;;boolean;
notlike;f;name,text;0;;;boolean;
notlike;f;text,text;0;;;boolean;
now;f;;0;;;timestamptz;
npoints;f;path;0;;;integer;
npoints;f;polygon;0;;;integer;
nth_value;w;anyelement,integer;0;;;anyelement;
ntile;w;integer;0;;;integer;
num_nonnulls;f;any;0;t;;integer;
num_nulls;f;any;0;t;;integer;
numeric;f;bigint;0;;;numeric;
numeric;f;double precision;0;;;numeric;
numeric;f;integer;0;;;numeric;
numeric;f;jsonb;0;;;numeric;
numeric;f;money;0;;;numeric;
numeric;f;numeric,integer;0;;;numeric;
numeric;f;real;0;;;numeric;
numeric;f;smallint;0;;;numeric;
numeric_abs;f;numeric;0;;;numeric;
numeric_add;f;numeric,numeric;0;;;numeric;
numeric_cmp;f;numeric,numeric;0;;;integer;
numeric_div;f;numeric,numeric;0;;;numeric;
numeric_div_trunc;f;numeric,numeric;0;;;numeric;
numeric_eq;f;numeric,numeric;0;;;boolean;
numeric_exp;f;numeric;0;;;numeric;
numeric_ge;f;numeric,numeric;0;;;boolean;
numeric_gt;f;numeric,numeric;0;;;boolean;
numeric_inc;f;numeric;0;;;numeric;
numeric_larger;f;numeric,numeric;0;;;numeric;
numeric_le;f;numeric,numeric;0;;;boolean;
numeric_ln;f;numeric;0;;;numeric;
numeric_log;f;numeric,numeric;0;;;numeric;
numeric_lt;f;numeric,numeric;0;;;boolean;
numeric_mod;f;numeric,numeric;0;;;numeric;
numeric_mul;f;numeric,numeric;0;;;numeric;
numeric_ne;f;numeric,numeric;0;;;boolean;
numeric_pl_pg_lsn;f;numeric,pg_lsn;0;;;pg_lsn;
numeric_power;f;numeric,numeric;0;;;numeric;
numeric_smaller;f;numeric,numeric;0;;;numeric;
numeric_sqrt;f;numeric;0;;;numeric;
numeric_sub;f;numeric,numeric;0;;;numeric;
numeric_uminus;f;numeric;0;;;numeric;
numeric_uplus;f;numeric;0;;;numeric;
numerictypmodin;f;cstring[];0;;;integer;
nummultirange;f;;0;;;nummultirange;
nummultirange;f;numrange;0;;;nummultirange;
nummultirange;f;numrange[];0;t;;nummultirange;
numnode;f;tsquery;0;;;integer;
numrange;f;numeric,numeric;0;;;numrange;
numrange;f;numeric,numeric,text;0;;;numrange;
numrange_subdiff;f;numeric,numeric;0;;;double precision;
obj_description;f;oid;0;;;text;
obj_description;f;oid,name;0;;;text;
octet_length;f;bit;0;;;integer;
octet_length;f;bytea;0;;;integer;
octet_length;f;char;0;;;integer;
octet_length;f;text;0;;;integer;
oid;f;bigint;0;;;oid;
oideq;f;oid,oid;0;;;boolean;
oidge;f;oid,oid;0;;;boolean;
oidgt;f;oid,oid;0;;;boolean;
oidlarger;f;oid,oid;0;;;oid;
oidle;f;oid,oid;0;;;boolean;
oidlt;f;oid,oid;0;;;boolean;
oidne;f;oid,oid;0;;;boolean;
oidsend;f;oid;0;;;bytea;
oidsmaller;f;oid,oid;0;;;oid;
oidvectoreq;f;oidvector,oidvector;0;;;boolean;
oidvectorge;f;oidvector,oidvector;0;;;boolean;
oidvectorgt;f;oidvector,oidvector;0;;;boolean;
oidvectorle;f;oidvector,oidvector;0;;;boolean;
oidvectorlt;f;oidvector,oidvector;0;;;boolean;
oidvectorne;f;oidvector,oidvector;0;;;boolean;
oidvectorsend;f;oidvector;0;;;bytea;
oidvectortypes;f;oidvector;0;;;text;
on_pb;f;point,box;0;;;boolean;
on_pl;f;point,line;0;;;boolean;
on_ppath;f;point,path;0;;;boolean;
on_ps;f;point,lseg;0;;;boolean;
on_sb;f;lseg,box;0;;;boolean;
on_sl;f;lseg,line;0;;;boolean;
overlaps;f;timetz,timetz,timetz,timetz;0;;;boolean;
overlaps;f;time,interval,time,interval;0;;;boolean;
overlaps;f;time,interval,time,time;0;;;boolean;
overlaps;f;time,time,time,interval;0;;;boolean;
overlaps;f;time,time,time,time;0;;;boolean;
overlaps;f;timestamptz,interval,timestamptz,interval;0;;;boolean;
overlaps;f;timestamptz,interval,timestamptz,timestamptz;0;;;boolean;
overlaps;f;timestamptz,timestamptz,timestamptz,interval;0;;;boolean;
overlaps;f;timestamptz,timestamptz,timestamptz,timestamptz;0;;;boolean;
overlaps;f;timestamp,interval,timestamp,interval;0;;;boolean;
overlaps;f;timestamp,interval,timestamp,timestamp;0;;;boolean;
overlaps;f;timestamp,timestamp,timestamp,interval;0;;;boolean;
overlaps;f;timestamp,timestamp,timestamp,timestamp;0;;;boolean;
overlay;f;bit,bit,integer;0;;;bit;
overlay;f;bit,bit,integer,integer;0;;;bit;
overlay;f;bytea,bytea,integer;0;;;bytea;
overlay;f;bytea,bytea,integer,integer;0;;;bytea;
overlay;f;text,text,integer;0;;;text;
overlay;f;text,text,integer,integer;0;;;text;
parse_ident;f;text,boolean;1;;;text[];
path;f;polygon;0;;;path;
path_add;f;path,path;0;;;path;
path_add_pt;f;path,point;0;;;path;
path_contain_pt;f;path,point;0;;;boolean;
path_distance;f;path,path;0;;;double precision;
path_div_pt;f;path,point;0;;;path;
path_inter;f;path,path;0;;;boolean;
path_length;f;path;0;;;double precision;
path_mul_pt;f;path,point;0;;;path;
path_n_eq;f;path,path;0;;;boolean;
path_n_ge;f;path,path;0;;;boolean;
path_n_gt;f;path,path;0;;;boolean;
path_n_le;f;path,path;0;;;boolean;
path_n_lt;f;path,path;0;;;boolean;
path_npoints;f;path;0;;;integer;
path_sub_pt;f;path,point;0;;;path;
pclose;f;path;0;;;path;
percent_rank;w;;0;;;double precision;
percent_rank;a;any;0;t;;double precision;
percentile_cont;a;double precision,double precision;0;;;double precision;
percentile_cont;a;double precision,interval;0;;;interval;
percentile_cont;a;double precision[],double precision;0;;;double precision[];
percentile_cont;a;double precision[],interval;0;;;interval[];
percentile_disc;a;double precision,anyelement;0;;;anyelement;
percentile_disc;a;double precision[],anyelement;0;;;anyarray;
pg_advisory_lock;f;bigint;0;;;void;
pg_advisory_lock;f;integer,integer;0;;;void;
pg_advisory_lock_shared;f;bigint;0;;;void;
pg_advisory_lock_shared;f;integer,integer;0;;;void;
pg_advisory_unlock;f;bigint;0;;;boolean;
pg_advisory_unlock;f;integer,integer;0;;;boolean;
pg_advisory_unlock_all;f;;0;;;void;
pg_advisory_unlock_shared;f;bigint;0;;;boolean;
pg_advisory_unlock_shared;f;integer,integer;0;;;boolean;
pg_advisory_xact_lock;f;bigint;0;;;void;
pg_advisory_xact_lock;f;integer,integer;0;;;void;
pg_advisory_xact_lock_shared;f;bigint;0;;;void;
pg_advisory_xact_lock_shared;f;integer,integer;0;;;void;
pg_available_extension_versions;f;;0;;t;record;name name,version text,superuser boolean,trusted boolean,relocatable boolean,schema name,requires name[],comment text
pg_available_extensions;f;;0;;t;record;name name,default_version text,comment text
pg_available_wal_summaries;f;;0;;t;record;tli bigint,start_lsn pg_lsn,end_lsn pg_lsn
pg_backend_pid;f;;0;;;integer;
pg_backup_start;f;text,boolean;1;;;pg_lsn;
pg_backup_stop;f;boolean;1;;;record;lsn pg_lsn,labelfile text,spcmapfile text
pg_basetype;f;regtype;0;;;regtype;
pg_blocking_pids;f;integer;0;;;integer[];
pg_cancel_backend;f;integer;0;;;boolean;
pg_char_to_encoding;f;name;0;;;integer;
pg_clear_attribute_stats;f;text,text,text,boolean;0;;;void;
pg_clear_relation_stats;f;text,text;0;;;void;
pg_client_encoding;f;;0;;;name;
pg_collation_actual_version;f;oid;0;;;text;
pg_collation_for;f;any;0;;;text;
pg_collation_is_visible;f;oid;0;;;boolean;
pg_column_compression;f;any;0;;;text;
pg_column_is_updatable;f;regclass,smallint,boolean;0;;;boolean;
pg_column_size;f;any;0;;;integer;
pg_column_toast_chunk_id;f;any;0;;;oid;
pg_conf_load_time;f;;0;;;timestamptz;
pg_config;f;;0;;t;record;name text,setting text
pg_control_checkpoint;f;;0;;;record;checkpoint_lsn pg_lsn,redo_lsn pg_lsn,redo_wal_file text,timeline_id integer,prev_timeline_id integer,full_page_writes boolean,next_xid text,next_oid oid,next_multixact_id xid,next_multi_offset xid,oldest_xid xid,oldest_xid_dbid oid,oldest_active_xid xid,oldest_multi_xid xid,oldest_multi_dbid oid,oldest_commit_ts_xid xid,newest_commit_ts_xid xid,checkpoint_time timestamptz
pg_control_init;f;;0;;;record;max_data_alignment integer,database_block_size integer,blocks_per_segment integer,wal_block_size integer,bytes_per_wal_segment integer,max_identifier_length integer,max_index_columns integer,max_toast_chunk_size integer,large_object_chunk_size integer,float8_pass_by_value boolean,data_page_checksum_version integer,default_char_signedness boolean
pg_control_recovery;f;;0;;;record;min_recovery_end_lsn pg_lsn,min_recovery_end_timeline integer,backup_start_lsn pg_lsn,backup_end_lsn pg_lsn,end_of_backup_record_required boolean
pg_control_system;f;;0;;;record;pg_control_version integer,catalog_version_no integer,system_identifier bigint,pg_control_last_modified timestamptz
pg_conversion_is_visible;f;oid;0;;;boolean;
pg_copy_logical_replication_slot;f;name,name;0;;;record;slot_name name,lsn pg_lsn
pg_copy_logical_replication_slot;f;name,name,boolean;0;;;record;slot_name name,lsn pg_lsn
pg_copy_logical_replication_slot;f;name,name,boolean,name;0;;;record;slot_name name,lsn pg_lsn
pg_copy_physical_replication_slot;f;name,name;0;;;record;slot_name name,lsn pg_lsn
pg_copy_physical_replication_slot;f;name,name,boolean;0;;;record;slot_name name,lsn pg_lsn
pg_create_logical_replication_slot;f;name,name,boolean,boolean,boolean;3;;;record;slot_name name,lsn pg_lsn
pg_create_physical_replication_slot;f;name,boolean,boolean;2;;;record;slot_name name,lsn pg_lsn
pg_create_restore_point;f;text;0;;;pg_lsn;
pg_current_logfile;f;;0;;;text;
pg_current_logfile;f;text;0;;;text;
pg_current_snapshot;f;;0;;;pg_snapshot;
pg_current_wal_flush_lsn;f;;0;;;pg_lsn;
pg_current_wal_insert_lsn;f;;0;;;pg_lsn;
pg_current_wal_lsn;f;;0;;;pg_lsn;
pg_current_xact_id;f;;0;;;xid8;
pg_current_xact_id_if_assigned;f;;0;;;xid8;
pg_cursor;f;;0;;t;record;name text,statement text,is_holdable boolean,is_binary boolean,is_scrollable boolean,creation_time timestamptz
pg_database_collation_actual_version;f;oid;0;;;text;
pg_database_size;f;name;0;;;bigint;
pg_database_size;f;oid;0;;;bigint;
pg_describe_object;f;oid,oid,integer;0;;;text;
pg_drop_replication_slot;f;name;0;;;void;
pg_encoding_max_length;f;integer;0;;;integer;
pg_encoding_to_char;f;integer;0;;;name;
pg_event_trigger_ddl_commands;f;;0;;t;record;classid oid,objid oid,objsubid integer,command_tag text,object_type text,schema_name text,object_identity text,in_extension boolean,command pg_ddl_command
pg_event_trigger_dropped_objects;f;;0;;t;record;classid oid,objid oid,objsubid integer,original boolean,normal boolean,is_temporary boolean,object_type text,schema_name text,object_name text,object_identity text,address_names text[],address_args text[]
pg_event_trigger_table_rewrite_oid;f;;0;;;oid;oid oid
pg_event_trigger_table_rewrite_reason;f;;0;;;integer;
pg_export_snapshot;f;;0;;;text;
pg_extension_config_dump;f;regclass,text;0;;;void;
pg_extension_update_paths;f;name;0;;t;record;source text,target text,path text
pg_filenode_relation;f;oid,oid;0;;;regclass;
pg_function_is_visible;f;oid;0;;;boolean;
pg_get_acl;f;oid,oid,integer;0;;;aclitem[];
pg_get_aios;f;;0;;t;record;pid integer,io_id integer,io_generation bigint,state text,operation text,off bigint,length bigint,target text,handle_data_len smallint,raw_result integer,result text,target_desc text,f_sync boolean,f_localmem boolean,f_buffered boolean
pg_get_backend_memory_contexts;f;;0;;t;record;name text,ident text,type text,level integer,path integer[],total_bytes bigint,total_nblocks bigint,free_bytes bigint,free_chunks bigint,used_bytes bigint
pg_get_catalog_foreign_keys;f;;0;;t;record;fktable regclass,fkcols text[],pktable regclass,pkcols text[],is_array boolean,is_opt boolean
pg_get_constraintdef;f;oid;0;;;text;
pg_get_constraintdef;f;oid,boolean;0;;;text;
pg_get_expr;f;pg_node_tree,oid;0;;;text;
pg_get_expr;f;pg_node_tree,oid,boolean;0;;;text;
pg_get_function_arg_default;f;oid,integer;0;;;text;
pg_get_function_arguments;f;oid;0;;;text;
pg_get_function_identity_arguments;f;oid;0;;;text;
pg_get_function_result;f;oid;0;;;text;
pg_get_function_sqlbody;f;oid;0;;;text;
pg_get_functiondef;f;oid;0;;;text;
pg_get_indexdef;f;oid;0;;;text;
pg_get_indexdef;f;oid,integer,boolean;0;;;text;
pg_get_keywords;f;;0;;t;record;word text,catcode "char",barelabel boolean,catdesc text,baredesc text
pg_get_loaded_modules;f;;0;;t;record;module_name text,version text,file_name text
pg_get_multixact_members;f;xid;0;;t;record;xid xid,mode text
pg_get_object_address;f;text,text[],text[];0;;;record;classid oid,objid oid,objsubid integer
pg_get_partition_constraintdef;f;oid;0;;;text;
pg_get_partkeydef;f;oid;0;;;text;
pg_get_publication_tables;f;text[];0;t;t;record;pubid oid,relid oid,attrs int2vector,qual pg_node_tree
pg_get_replica_identity_index;f;regclass;0;;;regclass;
pg_get_replication_slots;f;;0;;t;record;slot_name name,plugin name,slot_type text,datoid oid,temporary boolean,active boolean,active_pid integer,xmin xid,catalog_xmin xid,restart_lsn pg_lsn,confirmed_flush_lsn pg_lsn,wal_status text,safe_wal_size bigint,two_phase boolean,two_phase_at pg_lsn,inactive_since timestamptz,conflicting boolean,invalidation_reason text,failover boolean,synced boolean
pg_get_ruledef;f;oid;0;;;text;
pg_get_ruledef;f;oid,boolean;0;;;text;
pg_get_sequence_data;f;regclass;0;;;record;last_value bigint,is_called boolean
pg_get_serial_sequence;f;text,text;0;;;text;
pg_get_shmem_allocations;f;;0;;t;record;name text,off bigint,size bigint,allocated_size bigint
pg_get_shmem_allocations_numa;f;;0;;t;record;name text,numa_node integer,size bigint
pg_get_statisticsobjdef;f;oid;0;;;text;
pg_get_statisticsobjdef_columns;f;oid;0;;;text;
pg_get_statisticsobjdef_expressions;f;oid;0;;;text[];
pg_get_triggerdef;f;oid;0;;;text;
pg_get_triggerdef;f;oid,boolean;0;;;text;
pg_get_userbyid;f;oid;0;;;name;
pg_get_viewdef;f;oid;0;;;text;
pg_get_viewdef;f;oid,boolean;0;;;text;
pg_get_viewdef;f;oid,integer;0;;;text;
pg_get_viewdef;f;text;0;;;text;
pg_get_viewdef;f;text,boolean;0;;;text;
pg_get_wait_events;f;;0;;t;record;type text,name text,description text
pg_get_wal_replay_pause_state;f;;0;;;text;
pg_get_wal_resource_managers;f;;0;;t;record;rm_id integer,rm_name text,rm_builtin boolean
pg_get_wal_summarizer_state;f;;0;;;record;summarized_tli bigint,summarized_lsn pg_lsn,pending_lsn pg_lsn,summarizer_pid integer
pg_has_role;f;name,name,text;0;;;boolean;
pg_has_role;f;name,oid,text;0;;;boolean;
pg_has_role;f;name,text;0;;;boolean;
pg_has_role;f;oid,name,text;0;;;boolean;
pg_has_role;f;oid,oid,text;0;;;boolean;
pg_has_role;f;oid,text;0;;;boolean;
pg_hba_file_rules;f;;0;;t;record;rule_number integer,file_name text,line_number integer,type text,database text[],user_name text[],address text,netmask text,auth_method text,options text[],error text
pg_ident_file_mappings;f;;0;;t;record;map_number integer,file_name text,line_number integer,map_name text,sys_name text,pg_username text,error text
pg_identify_object;f;oid,oid,integer;0;;;record;type text,schema text,name text,identity text
pg_identify_object_as_address;f;oid,oid,integer;0;;;record;type text,object_names text[],object_args text[]
pg_import_system_collations;f;regnamespace;0;;;integer;
pg_index_column_has_property;f;regclass,integer,text;0;;;boolean;
pg_index_has_property;f;regclass,text;0;;;boolean;
pg_indexam_has_property;f;oid,text;0;;;boolean;
pg_indexam_progress_phasename;f;oid,bigint;0;;;text;
pg_indexes_size;f;regclass;0;;;bigint;
pg_input_error_info;f;text,text;0;;;record;message text,detail text,hint text,sql_error_code text
pg_input_is_valid;f;text,text;0;;;boolean;
pg_is_in_recovery;f;;0;;;boolean;
pg_is_other_temp_schema;f;oid;0;;;boolean;
pg_is_wal_replay_paused;f;;0;;;boolean;
pg_isolation_test_session_is_blocked;f;integer,integer[];0;;;boolean;
pg_jit_available;f;;0;;;boolean;
pg_last_committed_xact;f;;0;;;record;xid xid,timestamp timestamptz,roident oid
pg_last_wal_receive_lsn;f;;0;;;pg_lsn;
pg_last_wal_replay_lsn;f;;0;;;pg_lsn;
pg_last_xact_replay_timestamp;f;;0;;;timestamptz;
pg_listening_channels;f;;0;;t;text;
pg_lock_status;f;;0;;t;record;locktype text,database oid,relation oid,page integer,tuple smallint,virtualxid text,transactionid xid,classid oid,objid oid,objsubid smallint,virtualtransaction text,pid integer,mode text,granted boolean,fastpath boolean,waitstart timestamptz
pg_log_backend_memory_contexts;f;integer;0;;;boolean;
pg_log_standby_snapshot;f;;0;;;pg_lsn;
pg_logical_emit_message;f;boolean,text,bytea,boolean;1;;;pg_lsn;
pg_logical_emit_message;f;boolean,text,text,boolean;1;;;pg_lsn;
pg_logical_slot_get_binary_changes;f;name,pg_lsn,integer,text[];1;t;t;record;lsn pg_lsn,xid xid,data bytea
pg_logical_slot_get_changes;f;name,pg_lsn,integer,text[];1;t;t;record;lsn pg_lsn,xid xid,data text
pg_logical_slot_peek_binary_changes;f;name,pg_lsn,integer,text[];1;t;t;record;lsn pg_lsn,xid xid,data bytea
pg_logical_slot_peek_changes;f;name,pg_lsn,integer,text[];1;t;t;record;lsn pg_lsn,xid xid,data text
pg_ls_archive_statusdir;f;;0;;t;record;name text,size bigint,modification timestamptz
pg_ls_dir;f;text;0;;t;text;
pg_ls_dir;f;text,boolean,boolean;0;;t;text;
pg_ls_logdir;f;;0;;t;record;name text,size bigint,modification timestamptz
pg_ls_logicalmapdir;f;;0;;t;record;name text,size bigint,modification timestamptz
pg_ls_logicalsnapdir;f;;0;;t;record;name text,size bigint,modification timestamptz
pg_ls_replslotdir;f;text;0;;t;record;name text,size bigint,modification timestamptz
pg_ls_summariesdir;f;;0;;t;record;name text,size bigint,modification timestamptz
pg_ls_tmpdir;f;;0;;t;record;name text,size bigint,modification timestamptz
pg_ls_tmpdir;f;oid;0;;t;record;name text,size bigint,modification timestamptz
pg_ls_waldir;f;;0;;t;record;name text,size bigint,modification timestamptz
pg_lsn;f;numeric;0;;;pg_lsn;
pg_lsn_cmp;f;pg_lsn,pg_lsn;0;;;integer;
pg_lsn_eq;f;pg_lsn,pg_lsn;0;;;boolean;
pg_lsn_ge;f;pg_lsn,pg_lsn;0;;;boolean;
pg_lsn_gt;f;pg_lsn,pg_lsn;0;;;boolean;
pg_lsn_hash;f;pg_lsn;0;;;integer;
pg_lsn_hash_extended;f;pg_lsn,bigint;0;;;bigint;
pg_lsn_larger;f;pg_lsn,pg_lsn;0;;;pg_lsn;
pg_lsn_le;f;pg_lsn,pg_lsn;0;;;boolean;
pg_lsn_lt;f;pg_lsn,pg_lsn;0;;;boolean;
pg_lsn_mi;f;pg_lsn,pg_lsn;0;;;numeric;
pg_lsn_mii;f;pg_lsn,numeric;0;;;pg_lsn;
pg_lsn_ne;f;pg_lsn,pg_lsn;0;;;boolean;
pg_lsn_pli;f;pg_lsn,numeric;0;;;pg_lsn;
pg_lsn_smaller;f;pg_lsn,pg_lsn;0;;;pg_lsn;
pg_mcv_list_items;f;pg_mcv_list;0;;t;record;index integer,values text[],nulls boolean[],frequency double precision,base_frequency double precision
pg_my_temp_schema;f;;0;;;oid;
pg_nextoid;f;regclass,name,regclass;0;;;oid;
pg_notification_queue_usage;f;;0;;;double precision;
pg_notify;f;text,text;0;;;void;
pg_numa_available;f;;0;;;boolean;
pg_opclass_is_visible;f;oid;0;;;boolean;
pg_operator_is_visible;f;oid;0;;;boolean;
pg_opfamily_is_visible;f;oid;0;;;boolean;
pg_options_to_table;f;text[];0;;t;record;option_name text,option_value text
pg_partition_ancestors;f;regclass;0;;t;regclass;relid regclass
pg_partition_root;f;regclass;0;;;regclass;
pg_partition_tree;f;regclass;0;;t;record;relid regclass,parentrelid regclass,isleaf boolean,level integer
pg_postmaster_start_time;f;;0;;;timestamptz;
pg_prepared_statement;f;;0;;t;record;name text,statement text,prepare_time timestamptz,parameter_types regtype[],result_types regtype[],from_sql boolean,generic_plans bigint,custom_plans bigint
pg_prepared_xact;f;;0;;t;record;transaction xid,gid text,prepared timestamptz,ownerid oid,dbid oid
pg_promote;f;boolean,integer;2;;;boolean;
pg_read_binary_file;f;text;0;;;bytea;
pg_read_binary_file;f;text,bigint,bigint;0;;;bytea;
pg_read_binary_file;f;text,bigint,bigint,boolean;0;;;bytea;
pg_read_binary_file;f;text,boolean;0;;;bytea;
pg_read_file;f;text;0;;;text;
pg_read_file;f;text,bigint,bigint;0;;;text;
pg_read_file;f;text,bigint,bigint,boolean;0;;;text;
pg_read_file;f;text,boolean;0;;;text;
pg_relation_filenode;f;regclass;0;;;oid;
pg_relation_filepath;f;regclass;0;;;text;
pg_relation_is_publishable;f;regclass;0;;;boolean;
pg_relation_is_updatable;f;regclass,boolean;0;;;integer;
pg_relation_size;f;regclass;0;;;bigint;
pg_relation_size;f;regclass,text;0;;;bigint;
pg_reload_conf;f;;0;;;boolean;
pg_replication_origin_advance;f;text,pg_lsn;0;;;void;
pg_replication_origin_create;f;text;0;;;oid;
pg_replication_origin_drop;f;text;0;;;void;
pg_replication_origin_oid;f;text;0;;;oid;
pg_replication_origin_progress;f;text,boolean;0;;;pg_lsn;
pg_replication_origin_session_is_setup;f;;0;;;boolean;
pg_replication_origin_session_progress;f;boolean;0;;;pg_lsn;
pg_replication_origin_session_reset;f;;0;;;void;
pg_replication_origin_session_setup;f;text;0;;;void;
pg_replication_origin_xact_reset;f;;0;;;void;
pg_replication_origin_xact_setup;f;pg_lsn,timestamptz;0;;;void;
pg_replication_slot_advance;f;name,pg_lsn;0;;;record;slot_name name,end_lsn pg_lsn
pg_restore_attribute_stats;f;any;0;t;;boolean;
pg_restore_relation_stats;f;any;0;t;;boolean;
pg_rotate_logfile;f;;0;;;boolean;
pg_safe_snapshot_blocking_pids;f;integer;0;;;integer[];
pg_sequence_last_value;f;regclass;0;;;bigint;
pg_sequence_parameters;f;oid;0;;;record;start_value bigint,minimum_value bigint,maximum_value bigint,increment bigint,cycle_option boolean,cache_size bigint,data_type oid
pg_settings_get_flags;f;text;0;;;text[];
pg_show_all_file_settings;f;;0;;t;record;sourcefile text,sourceline integer,seqno integer,name text,setting text,applied boolean,error text
pg_show_all_settings;f;;0;;t;record;name text,setting text,unit text,category text,short_desc text,extra_desc text,context text,vartype text,source text,min_val text,max_val text,enumvals text[],boot_val text,reset_val text,sourcefile text,sourceline integer,pending_restart boolean
pg_show_replication_origin_status;f;;0;;t;record;local_id oid,external_id text,remote_lsn pg_lsn,local_lsn pg_lsn
pg_size_bytes;f;text;0;;;bigint;
pg_size_pretty;f;bigint;0;;;text;
pg_size_pretty;f;numeric;0;;;text;
pg_sleep;f;double precision;0;;;void;
pg_sleep_for;f;interval;0;;;void;
pg_sleep_until;f;timestamptz;0;;;void;
pg_snapshot_xip;f;pg_snapshot;0;;t;xid8;
pg_snapshot_xmax;f;pg_snapshot;0;;;xid8;
pg_snapshot_xmin;f;pg_snapshot;0;;;xid8;
pg_split_walfile_name;f;text;0;;;record;segment_number numeric,timeline_id bigint
pg_stat_clear_snapshot;f;;0;;;void;
pg_stat_file;f;text;0;;;record;size bigint,access timestamptz,modification timestamptz,change timestamptz,creation timestamptz,isdir boolean
pg_stat_file;f;text,boolean;0;;;record;size bigint,access timestamptz,modification timestamptz,change timestamptz,creation timestamptz,isdir boolean
pg_stat_force_next_flush;f;;0;;;void;
pg_stat_get_activity;f;integer;0;;t;record;datid oid,pid integer,usesysid oid,application_name text,state text,query text,wait_event_type text,wait_event text,xact_start timestamptz,query_start timestamptz,backend_start timestamptz,state_change timestamptz,client_addr inet,client_hostname text,client_port integer,backend_xid xid,backend_xmin xid,backend_type text,ssl boolean,sslversion text,sslcipher text,sslbits integer,ssl_client_dn text,ssl_client_serial numeric,ssl_issuer_dn text,gss_auth boolean,gss_princ text,gss_enc boolean,gss_delegation boolean,leader_pid integer,query_id bigint
pg_stat_get_analyze_count;f;oid;0;;;bigint;
pg_stat_get_archiver;f;;0;;;record;archived_count bigint,last_archived_wal text,last_archived_time timestamptz,failed_count bigint,last_failed_wal text,last_failed_time timestamptz,stats_reset timestamptz
pg_stat_get_autoanalyze_count;f;oid;0;;;bigint;
pg_stat_get_autovacuum_count;f;oid;0;;;bigint;
pg_stat_get_backend_activity;f;integer;0;;;text;
pg_stat_get_backend_activity_start;f;integer;0;;;timestamptz;
pg_stat_get_backend_client_addr;f;integer;0;;;inet;
pg_stat_get_backend_client_port;f;integer;0;;;integer;
pg_stat_get_backend_dbid;f;integer;0;;;oid;
pg_stat_get_backend_idset;f;;0;;t;integer;
pg_stat_get_backend_io;f;integer;0;;t;record;backend_type text,object text,context text,reads bigint,read_bytes numeric,read_time double precision,writes bigint,write_bytes numeric,write_time double precision,writebacks bigint,writeback_time double precision,extends bigint,extend_bytes numeric,extend_time double precision,hits bigint,evictions bigint,reuses bigint,fsyncs bigint,fsync_time double precision,stats_reset timestamptz
pg_stat_get_backend_pid;f;integer;0;;;integer;
pg_stat_get_backend_start;f;integer;0;;;timestamptz;
pg_stat_get_backend_subxact;f;integer;0;;;record;subxact_count integer,subxact_overflowed boolean
pg_stat_get_backend_userid;f;integer;0;;;oid;
pg_stat_get_backend_wait_event;f;integer;0;;;text;
pg_stat_get_backend_wait_event_type;f;integer;0;;;text;
pg_stat_get_backend_wal;f;integer;0;;;record;wal_records bigint,wal_fpi bigint,wal_bytes numeric,wal_buffers_full bigint,stats_reset timestamptz
pg_stat_get_backend_xact_start;f;integer;0;;;timestamptz;
pg_stat_get_bgwriter_buf_written_clean;f;;0;;;bigint;
pg_stat_get_bgwriter_maxwritten_clean;f;;0;;;bigint;
pg_stat_get_bgwriter_stat_reset_time;f;;0;;;timestamptz;
pg_stat_get_blocks_fetched;f;oid;0;;;bigint;
pg_stat_get_blocks_hit;f;oid;0;;;bigint;
pg_stat_get_buf_alloc;f;;0;;;bigint;
pg_stat_get_checkpointer_buffers_written;f;;0;;;bigint;
pg_stat_get_checkpointer_num_performed;f;;0;;;bigint;
pg_stat_get_checkpointer_num_requested;f;;0;;;bigint;
pg_stat_get_checkpointer_num_timed;f;;0;;;bigint;
pg_stat_get_checkpointer_restartpoints_performed;f;;0;;;bigint;
pg_stat_get_checkpointer_restartpoints_requested;f;;0;;;bigint;
pg_stat_get_checkpointer_restartpoints_timed;f;;0;;;bigint;
pg_stat_get_checkpointer_slru_written;f;;0;;;bigint;
pg_stat_get_checkpointer_stat_reset_time;f;;0;;;timestamptz;
pg_stat_get_checkpointer_sync_time;f;;0;;;double precision;
pg_stat_get_checkpointer_write_time;f;;0;;;double precision;
pg_stat_get_db_active_time;f;oid;0;;;double precision;
pg_stat_get_db_blk_read_time;f;oid;0;;;double precision;
pg_stat_get_db_blk_write_time;f;oid;0;;;double precision;
pg_stat_get_db_blocks_fetched;f;oid;0;;;bigint;
pg_stat_get_db_blocks_hit;f;oid;0;;;bigint;
pg_stat_get_db_checksum_failures;f;oid;0;;;bigint;
pg_stat_get_db_checksum_last_failure;f;oid;0;;;timestamptz;
pg_stat_get_db_conflict_all;f;oid;0;;;bigint;
pg_stat_get_db_conflict_bufferpin;f;oid;0;;;bigint;
pg_stat_get_db_conflict_lock;f;oid;0;;;bigint;
pg_stat_get_db_conflict_logicalslot;f;oid;0;;;bigint;
pg_stat_get_db_conflict_snapshot;f;oid;0;;;bigint;
pg_stat_get_db_conflict_startup_deadlock;f;oid;0;;;bigint;
pg_stat_get_db_conflict_tablespace;f;oid;0;;;bigint;
pg_stat_get_db_deadlocks;f;oid;0;;;bigint;
pg_stat_get_db_idle_in_transaction_time;f;oid;0;;;double precision;
pg_stat_get_db_numbackends;f;oid;0;;;integer;
pg_stat_get_db_parallel_workers_launched;f;oid;0;;;bigint;
pg_stat_get_db_parallel_workers_to_launch;f;oid;0;;;bigint;
pg_stat_get_db_session_time;f;oid;0;;;double precision;
pg_stat_get_db_sessions;f;oid;0;;;bigint;
pg_stat_get_db_sessions_abandoned;f;oid;0;;;bigint;
pg_stat_get_db_sessions_fatal;f;oid;0;;;bigint;
pg_stat_get_db_sessions_killed;f;oid;0;;;bigint;
pg_stat_get_db_stat_reset_time;f;oid;0;;;timestamptz;
pg_stat_get_db_temp_bytes;f;oid;0;;;bigint;
pg_stat_get_db_temp_files;f;oid;0;;;bigint;
pg_stat_get_db_tuples_deleted;f;oid;0;;;bigint;
pg_stat_get_db_tuples_fetched;f;oid;0;;;bigint;
pg_stat_get_db_tuples_inserted;f;oid;0;;;bigint;
pg_stat_get_db_tuples_returned;f;oid;0;;;bigint;
pg_stat_get_db_tuples_updated;f;oid;0;;;bigint;
pg_stat_get_db_xact_commit;f;oid;0;;;bigint;
pg_stat_get_db_xact_rollback;f;oid;0;;;bigint;
pg_stat_get_dead_tuples;f;oid;0;;;bigint;
pg_stat_get_function_calls;f;oid;0;;;bigint;
pg_stat_get_function_self_time;f;oid;0;;;double precision;
pg_stat_get_function_total_time;f;oid;0;;;double precision;
pg_stat_get_ins_since_vacuum;f;oid;0;;;bigint;
pg_stat_get_io;f;;0;;t;record;backend_type text,object text,context text,reads bigint,read_bytes numeric,read_time double precision,writes bigint,write_bytes numeric,write_time double precision,writebacks bigint,writeback_time double precision,extends bigint,extend_bytes numeric,extend_time double precision,hits bigint,evictions bigint,reuses bigint,fsyncs bigint,fsync_time double precision,stats_reset timestamptz
pg_stat_get_last_analyze_time;f;oid;0;;;timestamptz;
pg_stat_get_last_autoanalyze_time;f;oid;0;;;timestamptz;
pg_stat_get_last_autovacuum_time;f;oid;0;;;timestamptz;
pg_stat_get_last_vacuum_time;f;oid;0;;;timestamptz;
pg_stat_get_lastscan;f;oid;0;;;timestamptz;
pg_stat_get_live_tuples;f;oid;0;;;bigint;
pg_stat_get_mod_since_analyze;f;oid;0;;;bigint;
pg_stat_get_numscans;f;oid;0;;;bigint;
pg_stat_get_progress_info;f;text;0;;t;record;pid integer,datid oid,relid oid,param1 bigint,param2 bigint,param3 bigint,param4 bigint,param5 bigint,param6 bigint,param7 bigint,param8 bigint,param9 bigint,param10 bigint,param11 bigint,param12 bigint,param13 bigint,param14 bigint,param15 bigint,param16 bigint,param17 bigint,param18 bigint,param19 bigint,param20 bigint
pg_stat_get_recovery_prefetch;f;;0;;t;record;stats_reset timestamptz,prefetch bigint,hit bigint,skip_init bigint,skip_new bigint,skip_fpw bigint,skip_rep bigint,wal_distance integer,block_distance integer,io_depth integer
pg_stat_get_replication_slot;f;text;0;;;record;slot_name text,spill_txns bigint,spill_count bigint,spill_bytes bigint,stream_txns bigint,stream_count bigint,stream_bytes bigint,total_txns bigint,total_bytes bigint,stats_reset timestamptz
pg_stat_get_slru;f;;0;;t;record;name text,blks_zeroed bigint,blks_hit bigint,blks_read bigint,blks_written bigint,blks_exists bigint,flushes bigint,truncates bigint,stats_reset timestamptz
pg_stat_get_snapshot_timestamp;f;;0;;;timestamptz;
pg_stat_get_subscription;f;oid;0;;t;record;subid oid,relid oid,pid integer,leader_pid integer,received_lsn pg_lsn,last_msg_send_time timestamptz,last_msg_receipt_time timestamptz,latest_end_lsn pg_lsn,latest_end_time timestamptz,worker_type text
pg_stat_get_subscription_stats;f;oid;0;;;record;subid oid,apply_error_count bigint,sync_error_count bigint,confl_insert_exists bigint,confl_update_origin_differs bigint,confl_update_exists bigint,confl_update_missing bigint,confl_delete_origin_differs bigint,confl_delete_missing bigint,confl_multiple_unique_conflicts bigint,stats_reset timestamptz
pg_stat_get_total_analyze_time;f;oid;0;;;double precision;
pg_stat_get_total_autoanalyze_time;f;oid;0;;;double precision;
pg_stat_get_total_autovacuum_time;f;oid;0;;;double precision;
pg_stat_get_total_vacuum_time;f;oid;0;;;double precision;
pg_stat_get_tuples_deleted;f;oid;0;;;bigint;
pg_stat_get_tuples_fetched;f;oid;0;;;bigint;
pg_stat_get_tuples_hot_updated;f;oid;0;;;bigint;
pg_stat_get_tuples_inserted;f;oid;0;;;bigint;
pg_stat_get_tuples_newpage_updated;f;oid;0;;;bigint;
pg_stat_get_tuples_returned;f;oid;0;;;bigint;
pg_stat_get_tuples_updated;f;oid;0;;;bigint;
pg_stat_get_vacuum_count;f;oid;0;;;bigint;
pg_stat_get_wal;f;;0;;;record;wal_records bigint,wal_fpi bigint,wal_bytes numeric,wal_buffers_full bigint,stats_reset timestamptz
pg_stat_get_wal_receiver;f;;0;;;record;pid integer,status text,receive_start_lsn pg_lsn,receive_start_tli integer,written_lsn pg_lsn,flushed_lsn pg_lsn,received_tli integer,last_msg_send_time timestamptz,last_msg_receipt_time timestamptz,latest_end_lsn pg_lsn,latest_end_time timestamptz,slot_name text,sender_host text,sender_port integer,conninfo text
pg_stat_get_wal_senders;f;;0;;t;record;pid integer,state text,sent_lsn pg_lsn,write_lsn pg_lsn,flush_lsn pg_lsn,replay_lsn pg_lsn,write_lag interval,flush_lag interval,replay_lag interval,sync_priority integer,sync_state text,reply_time timestamptz
pg_stat_get_xact_blocks_fetched;f;oid;0;;;bigint;
pg_stat_get_xact_blocks_hit;f;oid;0;;;bigint;
pg_stat_get_xact_function_calls;f;oid;0;;;bigint;
pg_stat_get_xact_function_self_time;f;oid;0;;;double precision;
pg_stat_get_xact_function_total_time;f;oid;0;;;double precision;
pg_stat_get_xact_numscans;f;oid;0;;;bigint;
pg_stat_get_xact_tuples_deleted;f;oid;0;;;bigint;
pg_stat_get_xact_tuples_fetched;f;oid;0;;;bigint;
pg_stat_get_xact_tuples_hot_updated;f;oid;0;;;bigint;
pg_stat_get_xact_tuples_inserted;f;oid;0;;;bigint;
pg_stat_get_xact_tuples_newpage_updated;f;oid;0;;;bigint;
pg_stat_get_xact_tuples_returned;f;oid;0;;;bigint;
pg_stat_get_xact_tuples_updated;f;oid;0;;;bigint;
pg_stat_have_stats;f;text,oid,bigint;0;;;boolean;
pg_stat_reset;f;;0;;;void;
pg_stat_reset_backend_stats;f;integer;0;;;void;
pg_stat_reset_replication_slot;f;text;0;;;void;
pg_stat_reset_shared;f;text;1;;;void;
pg_stat_reset_single_function_counters;f;oid;0;;;void;
pg_stat_reset_single_table_counters;f;oid;0;;;void;
pg_stat_reset_slru;f;text;1;;;void;
pg_stat_reset_subscription_stats;f;oid;0;;;void;
pg_statistics_obj_is_visible;f;oid;0;;;boolean;
pg_stop_making_pinned_objects;f;;0;;;void;
pg_switch_wal;f;;0;;;pg_lsn;
pg_sync_replication_slots;f;;0;;;void;
pg_table_is_visible;f;oid;0;;;boolean;
pg_table_size;f;regclass;0;;;bigint;
pg_tablespace_databases;f;oid;0;;t;oid;
pg_tablespace_location;f;oid;0;;;text;
pg_tablespace_size;f;name;0;;;bigint;
pg_tablespace_size;f;oid;0;;;bigint;
pg_terminate_backend;f;integer,bigint;1;;;boolean;
pg_timezone_abbrevs_abbrevs;f;;0;;t;record;abbrev text,utc_offset interval,is_dst boolean
pg_timezone_abbrevs_zone;f;;0;;t;record;abbrev text,utc_offset interval,is_dst boolean
pg_timezone_names;f;;0;;t;record;name text,abbrev text,utc_offset interval,is_dst boolean
pg_total_relation_size;f;regclass;0;;;bigint;
pg_trigger_depth;f;;0;;;integer;
pg_try_advisory_lock;f;bigint;0;;;boolean;
pg_try_advisory_lock;f;integer,integer;0;;;boolean;
pg_try_advisory_lock_shared;f;bigint;0;;;boolean;
pg_try_advisory_lock_shared;f;integer,integer;0;;;boolean;
pg_try_advisory_xact_lock;f;bigint;0;;;boolean;
pg_try_advisory_xact_lock;f;integer,integer;0;;;boolean;
pg_try_advisory_xact_lock_shared;f;bigint;0;;;boolean;
pg_try_advisory_xact_lock_shared;f;integer,integer;0;;;boolean;
pg_ts_config_is_visible;f;oid;0;;;boolean;
pg_ts_dict_is_visible;f;oid;0;;;boolean;
pg_ts_parser_is_visible;f;oid;0;;;boolean;
pg_ts_template_is_visible;f;oid;0;;;boolean;
pg_type_is_visible;f;oid;0;;;boolean;
pg_typeof;f;any;0;;;regtype;
pg_visible_in_snapshot;f;xid8,pg_snapshot;0;;;boolean;
pg_wal_lsn_diff;f;pg_lsn,pg_lsn;0;;;numeric;
pg_wal_replay_pause;f;;0;;;void;
pg_wal_replay_resume;f;;0;;;void;
pg_wal_summary_contents;f;bigint,pg_lsn,pg_lsn;0;;t;record;relfilenode oid,reltablespace oid,reldatabase oid,relforknumber smallint,relblocknumber bigint,is_limit_block boolean
pg_walfile_name;f;pg_lsn;0;;;text;
pg_walfile_name_offset;f;pg_lsn;0;;;record;file_name text,file_offset integer
pg_xact_commit_timestamp;f;xid;0;;;timestamptz;
pg_xact_commit_timestamp_origin;f;xid;0;;;record;timestamp timestamptz,roident oid
pg_xact_status;f;xid8;0;;;text;
phraseto_tsquery;f;regconfig,text;0;;;tsquery;
phraseto_tsquery;f;text;0;;;tsquery;
pi;f;;0;;;double precision;
plainto_tsquery;f;regconfig,text;0;;;tsquery;
plainto_tsquery;f;text;0;;;tsquery;
plpgsql_validator;f;oid;0;;;void;
point;f;box;0;;;point;
point;f;circle;0;;;point;
point;f;double precision,double precision;0;;;point;
point;f;lseg;0;;;point;
point;f;polygon;0;;;point;
point_above;f;point,point;0;;;boolean;
point_add;f;point,point;0;;;point;
point_below;f;point,point;0;;;boolean;
point_distance;f;point,point;0;;;double precision;
point_div;f;point,point;0;;;point;
point_eq;f;point,point;0;;;boolean;
point_horiz;f;point,point;0;;;boolean;
point_left;f;point,point;0;;;boolean;
point_mul;f;point,point;0;;;point;
point_ne;f;point,point;0;;;boolean;
point_right;f;point,point;0;;;boolean;
point_sub;f;point,point;0;;;point;
point_vert;f;point,point;0;;;boolean;
poly_above;f;polygon,polygon;0;;;boolean;
poly_below;f;polygon,polygon;0;;;boolean;
poly_center;f;polygon;0;;;point;
poly_contain;f;polygon,polygon;0;;;boolean;
poly_contain_pt;f;polygon,point;0;;;boolean;
poly_contained;f;polygon,polygon;0;;;boolean;
poly_distance;f;polygon,polygon;0;;;double precision;
poly_left;f;polygon,polygon;0;;;boolean;
poly_npoints;f;polygon;0;;;integer;
poly_overabove;f;polygon,polygon;0;;;boolean;
poly_overbelow;f;polygon,polygon;0;;;boolean;
poly_overlap;f;polygon,polygon;0;;;boolean;
poly_overleft;f;polygon,polygon;0;;;boolean;
poly_overright;f;polygon,polygon;0;;;boolean;
poly_right;f;polygon,polygon;0;;;boolean;
poly_same;f;polygon,polygon;0;;;boolean;
polygon;f;box;0;;;polygon;
polygon;f;circle;0;;;polygon;
polygon;f;integer,circle;0;;;polygon;
polygon;f;path;0;;;polygon;
popen;f;path;0;;;path;
position;f;bit,bit;0;;;integer;
position;f;bytea,bytea;0;;;integer;
position;f;text,text;0;;;integer;
postgresql_fdw_validator;f;text[],oid;0;;;boolean;
pow;f;double precision,double precision;0;;;double precision;
pow;f;numeric,numeric;0;;;numeric;
power;f;double precision,double precision;0;;;double precision;
power;f;numeric,numeric;0;;;numeric;
pt_contained_circle;f;point,circle;0;;;boolean;
pt_contained_poly;f;point,polygon;0;;;boolean;
query_to_xml;f;text,boolean,boolean,text;0;;;xml;
query_to_xml_and_xmlschema;f;text,boolean,boolean,text;0;;;xml;
query_to_xmlschema;f;text,boolean,boolean,text;0;;;xml;
querytree;f;tsquery;0;;;text;
quote_ident;f;text;0;;;text;
quote_literal;f;anyelement;0;;;text;
quote_literal;f;text;0;;;text;
quote_nullable;f;anyelement;0;;;text;
quote_nullable;f;text;0;;;text;
radians;f;double precision;0;;;double precision;
radius;f;circle;0;;;double precision;
random;f;;0;;;double precision;
random;f;bigint,bigint;0;;;bigint;
random;f;integer,integer;0;;;integer;
random;f;numeric,numeric;0;;;numeric;
random_normal;f;double precision,double precision;2;;;double precision;
range_adjacent;f;anyrange,anyrange;0;;;boolean;
range_adjacent_multirange;f;anyrange,anymultirange;0;;;boolean;
range_after;f;anyrange,anyrange;0;;;boolean;
range_after_multirange;f;anyrange,anymultirange;0;;;boolean;
range_agg;a;anymultirange;0;;;anymultirange;
range_agg;a;anyrange;0;;;anymultirange;
range_before;f;anyrange,anyrange;0;;;boolean;
range_before_multirange;f;anyrange,anymultirange;0;;;boolean;
range_cmp;f;anyrange,anyrange;0;;;integer;
range_contained_by;f;anyrange,anyrange;0;;;boolean;
range_contained_by_multirange;f;anyrange,anymultirange;0;;;boolean;
range_contains;f;anyrange,anyrange;0;;;boolean;
range_contains_elem;f;anyrange,anyelement;0;;;boolean;
range_contains_multirange;f;anyrange,anymultirange;0;;;boolean;
range_eq;f;anyrange,anyrange;0;;;boolean;
range_ge;f;anyrange,anyrange;0;;;boolean;
range_gt;f;anyrange,anyrange;0;;;boolean;
range_intersect;f;anyrange,anyrange;0;;;anyrange;
range_intersect_agg;a;anymultirange;0;;;anymultirange;
range_intersect_agg;a;anyrange;0;;;anyrange;
range_le;f;anyrange,anyrange;0;;;boolean;
range_lt;f;anyrange,anyrange;0;;;boolean;
range_merge;f;anymultirange;0;;;anyrange;
range_merge;f;anyrange,anyrange;0;;;anyrange;
range_minus;f;anyrange,anyrange;0;;;anyrange;
range_ne;f;anyrange,anyrange;0;;;boolean;
range_overlaps;f;anyrange,anyrange;0;;;boolean;
range_overlaps_multirange;f;anyrange,anymultirange;0;;;boolean;
range_overleft;f;anyrange,anyrange;0;;;boolean;
range_overleft_multirange;f;anyrange,anymultirange;0;;;boolean;
range_overright;f;anyrange,anyrange;0;;;boolean;
range_overright_multirange;f;anyrange,anymultirange;0;;;boolean;
range_union;f;anyrange,anyrange;0;;;anyrange;
rank;w;;0;;;bigint;
rank;a;any;0;t;;bigint;
record_eq;f;record,record;0;;;boolean;
record_ge;f;record,record;0;;;boolean;
record_gt;f;record,record;0;;;boolean;
record_image_eq;f;record,record;0;;;boolean;
record_image_ge;f;record,record;0;;;boolean;
record_image_gt;f;record,record;0;;;boolean;
record_image_le;f;record,record;0;;;boolean;
record_image_lt;f;record,record;0;;;boolean;
record_image_ne;f;record,record;0;;;boolean;
record_larger;f;record,record;0;;;record;
record_le;f;record,record;0;;;boolean;
record_lt;f;record,record;0;;;boolean;
record_ne;f;record,record;0;;;boolean;
record_smaller;f;record,record;0;;;record;
regclass;f;text;0;;;regclass;
regclasssend;f;regclass;0;;;bytea;
regcollationsend;f;regcollation;0;;;bytea;
regconfigsend;f;regconfig;0;;;bytea;
regdictionarysend;f;regdictionary;0;;;bytea;
regexp_count;f;text,text;0;;;integer;
regexp_count;f;text,text,integer;0;;;integer;
regexp_count;f;text,text,integer,text;0;;;integer;
regexp_instr;f;text,text;0;;;integer;
regexp_instr;f;text,text,integer;0;;;integer;
regexp_instr;f;text,text,integer,integer;0;;;integer;
regexp_instr;f;text,text,integer,integer,integer;0;;;integer;
regexp_instr;f;text,text,integer,integer,integer,text;0;;;integer;
regexp_instr;f;text,text,integer,integer,integer,text,integer;0;;;integer;
regexp_like;f;text,text;0;;;boolean;
regexp_like;f;text,text,text;0;;;boolean;
regexp_match;f;text,text;0;;;text[];
regexp_match;f;text,text,text;0;;;text[];
regexp_matches;f;text,text;0;;t;text[];
regexp_matches;f;text,text,text;0;;t;text[];
regexp_replace;f;text,text,text;0;;;text;
regexp_replace;f;text,text,text,integer;0;;;text;
regexp_replace;f;text,text,text,integer,integer;0;;;text;
regexp_replace;f;text,text,text,integer,integer,text;0;;;text;
regexp_replace;f;text,text,text,text;0;;;text;
regexp_split_to_array;f;text,text;0;;;text[];
regexp_split_to_array;f;text,text,text;0;;;text[];
regexp_split_to_table;f;text,text;0;;t;text;
regexp_split_to_table;f;text,text,text;0;;t;text;
regexp_substr;f;text,text;0;;;text;
regexp_substr;f;text,text,integer;0;;;text;
regexp_substr;f;text,text,integer,integer;0;;;text;
regexp_substr;f;text,text,integer,integer,text;0;;;text;
regexp_substr;f;text,text,integer,integer,text,integer;0;;;text;
regnamespacesend;f;regnamespace;0;;;bytea;
regoperatorsend;f;regoperator;0;;;bytea;
regopersend;f;regoper;0;;;bytea;
regproceduresend;f;regprocedure;0;;;bytea;
regprocsend;f;regproc;0;;;bytea;
regr_avgx;a;double precision,double precision;0;;;double precision;
regr_avgy;a;double precision,double precision;0;;;double precision;
regr_count;a;double precision,double precision;0;;;bigint;
regr_intercept;a;double precision,double precision;0;;;double precision;
regr_r2;a;double precision,double precision;0;;;double precision;
regr_slope;a;double precision,double precision;0;;;double precision;
regr_sxx;a;double precision,double precision;0;;;double precision;
regr_sxy;a;double precision,double precision;0;;;double precision;
regr_syy;a;double precision,double precision;0;;;double precision;
regrolesend;f;regrole;0;;;bytea;
regtypesend;f;regtype;0;;;bytea;
repeat;f;text,integer;0;;;text;
replace;f;text,text,text;0;;;text;
reverse;f;bytea;0;;;bytea;
reverse;f;text;0;;;text;
right;f;text,integer;0;;;text;
round;f;double precision;0;;;double precision;
round;f;numeric;0;;;numeric;
round;f;numeric,integer;0;;;numeric;
row_number;w;;0;;;bigint;
row_security_active;f;oid;0;;;boolean;
row_security_active;f;text;0;;;boolean;
row_to_json;f;record;0;;;json;
row_to_json;f;record,boolean;0;;;json;
rpad;f;text,integer;0;;;text;
rpad;f;text,integer,text;0;;;text;
rtrim;f;bytea,bytea;0;;;bytea;
rtrim;f;text;0;;;text;
rtrim;f;text,text;0;;;text;
satisfies_hash_partition;f;oid,integer,integer,any;0;t;;boolean;
scale;f;numeric;0;;;integer;
schema_to_xml;f;name,boolean,boolean,text;0;;;xml;
schema_to_xml_and_xmlschema;f;name,boolean,boolean,text;0;;;xml;
schema_to_xmlschema;f;name,boolean,boolean,text;0;;;xml;
session_user;f;;0;;;name;
set_bit;f;bit,integer,integer;0;;;bit;
set_bit;f;bytea,bigint,integer;0;;;bytea;
set_byte;f;bytea,integer,integer;0;;;bytea;
set_config;f;text,text,boolean;0;;;text;
set_masklen;f;cidr,integer;0;;;cidr;
set_masklen;f;inet,integer;0;;;inet;
setseed;f;double precision;0;;;void;
setval;f;regclass,bigint;0;;;bigint;
setval;f;regclass,bigint,boolean;0;;;bigint;
setweight;f;tsvector,"char";0;;;tsvector;
setweight;f;tsvector,"char",text[];0;;;tsvector;
sha224;f;bytea;0;;;bytea;
sha256;f;bytea;0;;;bytea;
sha384;f;bytea;0;;;bytea;
sha512;f;bytea;0;;;bytea;
shobj_description;f;oid,name;0;;;text;
sign;f;double precision;0;;;double precision;
sign;f;numeric;0;;;numeric;
similar_escape;f;text,text;0;;;text;
similar_to_escape;f;text;0;;;text;
similar_to_escape;f;text,text;0;;;text;
sin;f;double precision;0;;;double precision;
sind;f;double precision;0;;;double precision;
sinh;f;double precision;0;;;double precision;
slope;f;point,point;0;;;double precision;
spg_poly_quad_compress;f;polygon;0;;;box;
split_part;f;text,text,integer;0;;;text;
sqrt;f;double precision;0;;;double precision;
sqrt;f;numeric;0;;;numeric;
starts_with;f;text,text;0;;;boolean;
statement_timestamp;f;;0;;;timestamptz;
stddev;a;bigint;0;;;numeric;
stddev;a;double precision;0;;;double precision;
stddev;a;integer;0;;;numeric;
stddev;a;numeric;0;;;numeric;
stddev;a;real;0;;;double precision;
stddev;a;smallint;0;;;numeric;
stddev_pop;a;bigint;0;;;numeric;
stddev_pop;a;double precision;0;;;double precision;
stddev_pop;a;integer;0;;;numeric;
stddev_pop;a;numeric;0;;;numeric;
stddev_pop;a;real;0;;;double precision;
stddev_pop;a;smallint;0;;;numeric;
stddev_samp;a;bigint;0;;;numeric;
stddev_samp;a;double precision;0;;;double precision;
stddev_samp;a;integer;0;;;numeric;
stddev_samp;a;numeric;0;;;numeric;
stddev_samp;a;real;0;;;double precision;
stddev_samp;a;smallint;0;;;numeric;
string_agg;a;bytea,bytea;0;;;bytea;
string_agg;a;text,text;0;;;text;
string_to_array;f;text,text;0;;;text[];
string_to_array;f;text,text,text;0;;;text[];
string_to_table;f;text,text;0;;t;text;
string_to_table;f;text,text,text;0;;t;text;
strip;f;tsvector;0;;;tsvector;
strpos;f;text,text;0;;;integer;
substr;f;bytea,integer;0;;;bytea;
substr;f;bytea,integer,integer;0;;;bytea;
substr;f;text,integer;0;;;text;
substr;f;text,integer,integer;0;;;text;
substring;f;bit,integer;0;;;bit;
substring;f;bit,integer,integer;0;;;bit;
substring;f;bytea,integer;0;;;bytea;
substring;f;bytea,integer,integer;0;;;bytea;
substring;f;text,integer;0;;;text;
substring;f;text,integer,integer;0;;;text;
substring;f;text,text;0;;;text;
substring;f;text,text,text;0;;;text;
sum;a;bigint;0;;;numeric;
sum;a;double precision;0;;;double precision;
sum;a;integer;0;;;bigint;
sum;a;interval;0;;;interval;
sum;a;money;0;;;money;
sum;a;numeric;0;;;numeric;
sum;a;real;0;;;real;
sum;a;smallint;0;;;bigint;
system_user;f;;0;;;text;
table_to_xml;f;regclass,boolean,boolean,text;0;;;xml;
table_to_xml_and_xmlschema;f;regclass,boolean,boolean,text;0;;;xml;
table_to_xmlschema;f;regclass,boolean,boolean,text;0;;;xml;
tan;f;double precision;0;;;double precision;
tand;f;double precision;0;;;double precision;
tanh;f;double precision;0;;;double precision;
text;f;"char";0;;;text;
text;f;boolean;0;;;text;
text;f;char;0;;;text;
text;f;inet;0;;;text;
text;f;name;0;;;text;
text;f;xml;0;;;text;
text_ge;f;text,text;0;;;boolean;
text_gt;f;text,text;0;;;boolean;
text_larger;f;text,text;0;;;text;
text_le;f;text,text;0;;;boolean;
text_lt;f;text,text;0;;;boolean;
text_pattern_ge;f;text,text;0;;;boolean;
text_pattern_gt;f;text,text;0;;;boolean;
text_pattern_le;f;text,text;0;;;boolean;
text_pattern_lt;f;text,text;0;;;boolean;
text_smaller;f;text,text;0;;;text;
textanycat;f;text,anynonarray;0;;;text;
textcat;f;text,text;0;;;text;
texteq;f;text,text;0;;;boolean;
texteqname;f;text,name;0;;;boolean;
textgename;f;text,name;0;;;boolean;
textgtname;f;text,name;0;;;boolean;
texticlike;f;text,text;0;;;boolean;
texticnlike;f;text,text;0;;;boolean;
texticregexeq;f;text,text;0;;;boolean;
texticregexne;f;text,text;0;;;boolean;
textlen;f;text;0;;;integer;
textlename;f;text,name;0;;;boolean;
textlike;f;text,text;0;;;boolean;
textltname;f;text,name;0;;;boolean;
textne;f;text,text;0;;;boolean;
textnename;f;text,name;0;;;boolean;
textnlike;f;text,text;0;;;boolean;
textregexeq;f;text,text;0;;;boolean;
textregexne;f;text,text;0;;;boolean;
textsend;f;text;0;;;bytea;
tideq;f;tid,tid;0;;;boolean;
tidge;f;tid,tid;0;;;boolean;
tidgt;f;tid,tid;0;;;boolean;
tidlarger;f;tid,tid;0;;;tid;
tidle;f;tid,tid;0;;;boolean;
tidlt;f;tid,tid;0;;;boolean;
tidne;f;tid,tid;0;;;boolean;
tidsend;f;tid;0;;;bytea;
tidsmaller;f;tid,tid;0;;;tid;
time;f;interval;0;;;time;
time;f;timetz;0;;;time;
time;f;time,integer;0;;;time;
time;f;timestamptz;0;;;time;
time;f;timestamp;0;;;time;
time_cmp;f;time,time;0;;;integer;
time_eq;f;time,time;0;;;boolean;
time_ge;f;time,time;0;;;boolean;
time_gt;f;time,time;0;;;boolean;
time_hash;f;time;0;;;integer;
time_hash_extended;f;time,bigint;0;;;bigint;
time_larger;f;time,time;0;;;time;
time_le;f;time,time;0;;;boolean;
time_lt;f;time,time;0;;;boolean;
time_mi_interval;f;time,interval;0;;;time;
time_mi_time;f;time,time;0;;;interval;
time_ne;f;time,time;0;;;boolean;
time_pl_interval;f;time,interval;0;;;time;
time_smaller;f;time,time;0;;;time;
timedate_pl;f;time,date;0;;;timestamp;
timeofday;f;;0;;;text;
timestamp;f;date;0;;;timestamp;
timestamp;f;date,time;0;;;timestamp;
timestamp;f;timestamptz;0;;;timestamp;
timestamp;f;timestamp,integer;0;;;timestamp;
timestamp_cmp;f;timestamp,timestamp;0;;;integer;
timestamp_cmp_date;f;timestamp,date;0;;;integer;
timestamp_cmp_timestamptz;f;timestamp,timestamptz;0;;;integer;
timestamp_eq;f;timestamp,timestamp;0;;;boolean;
timestamp_eq_date;f;timestamp,date;0;;;boolean;
timestamp_eq_timestamptz;f;timestamp,timestamptz;0;;;boolean;
timestamp_ge;f;timestamp,timestamp;0;;;boolean;
timestamp_ge_date;f;timestamp,date;0;;;boolean;
timestamp_ge_timestamptz;f;timestamp,timestamptz;0;;;boolean;
timestamp_gt;f;timestamp,timestamp;0;;;boolean;
timestamp_gt_date;f;timestamp,date;0;;;boolean;
timestamp_gt_timestamptz;f;timestamp,timestamptz;0;;;boolean;
timestamp_hash;f;timestamp;0;;;integer;
timestamp_hash_extended;f;timestamp,bigint;0;;;bigint;
timestamp_larger;f;timestamp,timestamp;0;;;timestamp;
timestamp_le;f;timestamp,timestamp;0;;;boolean;
timestamp_le_date;f;timestamp,date;0;;;boolean;
timestamp_le_timestamptz;f;timestamp,timestamptz;0;;;boolean;
timestamp_lt;f;timestamp,timestamp;0;;;boolean;
timestamp_lt_date;f;timestamp,date;0;;;boolean;
timestamp_lt_timestamptz;f;timestamp,timestamptz;0;;;boolean;
timestamp_mi;f;timestamp,timestamp;0;;;interval;
timestamp_mi_interval;f;timestamp,interval;0;;;timestamp;
timestamp_ne;f;timestamp,timestamp;0;;;boolean;
timestamp_ne_date;f;timestamp,date;0;;;boolean;
timestamp_ne_timestamptz;f;timestamp,timestamptz;0;;;boolean;
timestamp_pl_interval;f;timestamp,interval;0;;;timestamp;
timestamp_smaller;f;timestamp,timestamp;0;;;timestamp;
timestamptypmodin;f;cstring[];0;;;integer;
timestamptz;f;date;0;;;timestamptz;
timestamptz;f;date,timetz;0;;;timestamptz;
timestamptz;f;date,time;0;;;timestamptz;
timestamptz;f;timestamptz,integer;0;;;timestamptz;
timestamptz;f;timestamp;0;;;timestamptz;
timestamptz_cmp;f;timestamptz,timestamptz;0;;;integer;
timestamptz_cmp_date;f;timestamptz,date;0;;;integer;
timestamptz_cmp_timestamp;f;timestamptz,timestamp;0;;;integer;
timestamptz_eq;f;timestamptz,timestamptz;0;;;boolean;
timestamptz_eq_date;f;timestamptz,date;0;;;boolean;
timestamptz_eq_timestamp;f;timestamptz,timestamp;0;;;boolean;
timestamptz_ge;f;timestamptz,timestamptz;0;;;boolean;
timestamptz_ge_date;f;timestamptz,date;0;;;boolean;
timestamptz_ge_timestamp;f;timestamptz,timestamp;0;;;boolean;
timestamptz_gt;f;timestamptz,timestamptz;0;;;boolean;
timestamptz_gt_date;f;timestamptz,date;0;;;boolean;
timestamptz_gt_timestamp;f;timestamptz,timestamp;0;;;boolean;
timestamptz_hash;f;timestamptz;0;;;integer;
timestamptz_hash_extended;f;timestamptz,bigint;0;;;bigint;
timestamptz_larger;f;timestamptz,timestamptz;0;;;timestamptz;
timestamptz_le;f;timestamptz,timestamptz;0;;;boolean;
timestamptz_le_date;f;timestamptz,date;0;;;boolean;
timestamptz_le_timestamp;f;timestamptz,timestamp;0;;;boolean;
timestamptz_lt;f;timestamptz,timestamptz;0;;;boolean;
timestamptz_lt_date;f;timestamptz,date;0;;;boolean;
timestamptz_lt_timestamp;f;timestamptz,timestamp;0;;;boolean;
timestamptz_mi;f;timestamptz,timestamptz;0;;;interval;
timestamptz_mi_interval;f;timestamptz,interval;0;;;timestamptz;
timestamptz_ne;f;timestamptz,timestamptz;0;;;boolean;
timestamptz_ne_date;f;timestamptz,date;0;;;boolean;
timestamptz_ne_timestamp;f;timestamptz,timestamp;0;;;boolean;
timestamptz_pl_interval;f;timestamptz,interval;0;;;timestamptz;
timestamptz_smaller;f;timestamptz,timestamptz;0;;;timestamptz;
timestamptztypmodin;f;cstring[];0;;;integer;
timetypmodin;f;cstring[];0;;;integer;
timetz;f;timetz,integer;0;;;timetz;
timetz;f;time;0;;;timetz;
timetz;f;timestamptz;0;;;timetz;
timetz_cmp;f;timetz,timetz;0;;;integer;
timetz_eq;f;timetz,timetz;0;;;boolean;
timetz_ge;f;timetz,timetz;0;;;boolean;
timetz_gt;f;timetz,timetz;0;;;boolean;
timetz_hash;f;timetz;0;;;integer;
timetz_hash_extended;f;timetz,bigint;0;;;bigint;
timetz_larger;f;timetz,timetz;0;;;timetz;
timetz_le;f;timetz,timetz;0;;;boolean;
timetz_lt;f;timetz,timetz;0;;;boolean;
timetz_mi_interval;f;timetz,interval;0;;;timetz;
timetz_ne;f;timetz,timetz;0;;;boolean;
timetz_pl_interval;f;timetz,interval;0;;;timetz;
timetz_smaller;f;timetz,timetz;0;;;timetz;
timetzdate_pl;f;timetz,date;0;;;timestamptz;
timetztypmodin;f;cstring[];0;;;integer;
timezone;f;interval,timetz;0;;;timetz;
timezone;f;interval,timestamptz;0;;;timestamp;
timezone;f;interval,timestamp;0;;;timestamptz;
timezone;f;text,timetz;0;;;timetz;
timezone;f;text,timestamptz;0;;;timestamp;
timezone;f;text,timestamp;0;;;timestamptz;
timezone;f;timetz;0;;;timetz;
timezone;f;timestamptz;0;;;timestamp;
timezone;f;timestamp;0;;;timestamptz;
to_ascii;f;text;0;;;text;
to_ascii;f;text,integer;0;;;text;
to_ascii;f;text,name;0;;;text;
to_bin;f;bigint;0;;;text;
to_bin;f;integer;0;;;text;
to_char;f;bigint,text;0;;;text;
to_char;f;double precision,text;0;;;text;
to_char;f;integer,text;0;;;text;
to_char;f;interval,text;0;;;text;
to_char;f;numeric,text;0;;;text;
to_char;f;real,text;0;;;text;
to_char;f;timestamptz,text;0;;;text;
to_char;f;timestamp,text;0;;;text;
to_date;f;text,text;0;;;date;
to_hex;f;bigint;0;;;text;
to_hex;f;integer;0;;;text;
to_json;f;anyelement;0;;;json;
to_jsonb;f;anyelement;0;;;jsonb;
to_number;f;text,text;0;;;numeric;
to_oct;f;bigint;0;;;text;
to_oct;f;integer;0;;;text;
to_regclass;f;text;0;;;regclass;
to_regcollation;f;text;0;;;regcollation;
to_regnamespace;f;text;0;;;regnamespace;
to_regoper;f;text;0;;;regoper;
to_regoperator;f;text;0;;;regoperator;
to_regproc;f;text;0;;;regproc;
to_regprocedure;f;text;0;;;regprocedure;
to_regrole;f;text;0;;;regrole;
to_regtype;f;text;0;;;regtype;
to_regtypemod;f;text;0;;;integer;
to_timestamp;f;double precision;0;;;timestamptz;
to_timestamp;f;text,text;0;;;timestamptz;
to_tsquery;f;regconfig,text;0;;;tsquery;
to_tsquery;f;text;0;;;tsquery;
to_tsvector;f;json;0;;;tsvector;
to_tsvector;f;jsonb;0;;;tsvector;
to_tsvector;f;regconfig,json;0;;;tsvector;
to_tsvector;f;regconfig,jsonb;0;;;tsvector;
to_tsvector;f;regconfig,text;0;;;tsvector;
to_tsvector;f;text;0;;;tsvector;
transaction_timestamp;f;;0;;;timestamptz;
translate;f;text,text,text;0;;;text;
trim_array;f;anyarray,integer;0;;;anyarray;
trim_scale;f;numeric;0;;;numeric;
trunc;f;double precision;0;;;double precision;
trunc;f;macaddr;0;;;macaddr;
trunc;f;macaddr8;0;;;macaddr8;
trunc;f;numeric;0;;;numeric;
trunc;f;numeric,integer;0;;;numeric;
ts_debug;f;regconfig,text;0;;t;record;alias text,description text,token text,dictionaries regdictionary[],dictionary regdictionary,lexemes text[]
ts_debug;f;text;0;;t;record;alias text,description text,token text,dictionaries regdictionary[],dictionary regdictionary,lexemes text[]
ts_delete;f;tsvector,text;0;;;tsvector;
ts_delete;f;tsvector,text[];0;;;tsvector;
ts_filter;f;tsvector,"char"[];0;;;tsvector;
ts_headline;f;json,tsquery;0;;;json;
ts_headline;f;json,tsquery,text;0;;;json;
ts_headline;f;jsonb,tsquery;0;;;jsonb;
ts_headline;f;jsonb,tsquery,text;0;;;jsonb;
ts_headline;f;regconfig,json,tsquery;0;;;json;
ts_headline;f;regconfig,json,tsquery,text;0;;;json;
ts_headline;f;regconfig,jsonb,tsquery;0;;;jsonb;
ts_headline;f;regconfig,jsonb,tsquery,text;0;;;jsonb;
ts_headline;f;regconfig,text,tsquery;0;;;text;
ts_headline;f;regconfig,text,tsquery,text;0;;;text;
ts_headline;f;text,tsquery;0;;;text;
ts_headline;f;text,tsquery,text;0;;;text;
ts_lexize;f;regdictionary,text;0;;;text[];
ts_match_qv;f;tsquery,tsvector;0;;;boolean;
ts_match_tq;f;text,tsquery;0;;;boolean;
ts_match_tt;f;text,text;0;;;boolean;
ts_match_vq;f;tsvector,tsquery;0;;;boolean;
ts_parse;f;oid,text;0;;t;record;tokid integer,token text
ts_parse;f;text,text;0;;t;record;tokid integer,token text
ts_rank;f;real[],tsvector,tsquery;0;;;real;
ts_rank;f;real[],tsvector,tsquery,integer;0;;;real;
ts_rank;f;tsvector,tsquery;0;;;real;
ts_rank;f;tsvector,tsquery,integer;0;;;real;
ts_rank_cd;f;real[],tsvector,tsquery;0;;;real;
ts_rank_cd;f;real[],tsvector,tsquery,integer;0;;;real;
ts_rank_cd;f;tsvector,tsquery;0;;;real;
ts_rank_cd;f;tsvector,tsquery,integer;0;;;real;
ts_rewrite;f;tsquery,text;0;;;tsquery;
ts_rewrite;f;tsquery,tsquery,tsquery;0;;;tsquery;
ts_stat;f;text;0;;t;record;word text,ndoc integer,nentry integer
ts_stat;f;text,text;0;;t;record;word text,ndoc integer,nentry integer
ts_token_type;f;oid;0;;t;record;tokid integer,alias text,description text
ts_token_type;f;text;0;;t;record;tokid integer,alias text,description text
tsmultirange;f;;0;;;tsmultirange;
tsmultirange;f;tsrange;0;;;tsmultirange;
tsmultirange;f;tsrange[];0;t;;tsmultirange;
tsq_mcontained;f;tsquery,tsquery;0;;;boolean;
tsq_mcontains;f;tsquery,tsquery;0;;;boolean;
tsquery_and;f;tsquery,tsquery;0;;;tsquery;
tsquery_cmp;f;tsquery,tsquery;0;;;integer;
tsquery_eq;f;tsquery,tsquery;0;;;boolean;
tsquery_ge;f;tsquery,tsquery;0;;;boolean;
tsquery_gt;f;tsquery,tsquery;0;;;boolean;
tsquery_le;f;tsquery,tsquery;0;;;boolean;
tsquery_lt;f;tsquery,tsquery;0;;;boolean;
tsquery_ne;f;tsquery,tsquery;0;;;boolean;
tsquery_not;f;tsquery;0;;;tsquery;
tsquery_or;f;tsquery,tsquery;0;;;tsquery;
tsquery_phrase;f;tsquery,tsquery;0;;;tsquery;
tsquery_phrase;f;tsquery,tsquery,integer;0;;;tsquery;
tsquerysend;f;tsquery;0;;;bytea;
tsrange;f;timestamp,timestamp;0;;;tsrange;
tsrange;f;timestamp,timestamp,text;0;;;tsrange;
tsrange_subdiff;f;timestamp,timestamp;0;;;double precision;
tstzmultirange;f;;0;;;tstzmultirange;
tstzmultirange;f;tstzrange;0;;;tstzmultirange;
tstzmultirange;f;tstzrange[];0;t;;tstzmultirange;
tstzrange;f;timestamptz,timestamptz;0;;;tstzrange;
tstzrange;f;timestamptz,timestamptz,text;0;;;tstzrange;
tstzrange_subdiff;f;timestamptz,timestamptz;0;;;double precision;
tsvector_cmp;f;tsvector,tsvector;0;;;integer;
tsvector_concat;f;tsvector,tsvector;0;;;tsvector;
tsvector_eq;f;tsvector,tsvector;0;;;boolean;
tsvector_ge;f;tsvector,tsvector;0;;;boolean;
tsvector_gt;f;tsvector,tsvector;0;;;boolean;
tsvector_le;f;tsvector,tsvector;0;;;boolean;
tsvector_lt;f;tsvector,tsvector;0;;;boolean;
tsvector_ne;f;tsvector,tsvector;0;;;boolean;
tsvector_to_array;f;tsvector;0;;;text[];
tsvectorsend;f;tsvector;0;;;bytea;
txid_current;f;;0;;;bigint;
txid_current_if_assigned;f;;0;;;bigint;
txid_current_snapshot;f;;0;;;txid_snapshot;
txid_snapshot_xip;f;txid_snapshot;0;;t;bigint;
txid_snapshot_xmax;f;txid_snapshot;0;;;bigint;
txid_snapshot_xmin;f;txid_snapshot;0;;;bigint;
txid_status;f;bigint;0;;;text;
txid_visible_in_snapshot;f;bigint,txid_snapshot;0;;;boolean;
unicode_assigned;f;text;0;;;boolean;
unicode_version;f;;0;;;text;
unistr;f;text;0;;;text;
unknownsend;f;unknown;0;;;bytea;
unnest;f;anyarray;0;;t;anyelement;
unnest;f;anymultirange;0;;t;anyrange;
unnest;f;tsvector;0;;t;record;lexeme text,positions smallint[],weights text[]
upper;f;anymultirange;0;;;anyelement;
upper;f;anyrange;0;;;anyelement;
upper;f;text;0;;;text;
upper_inc;f;anymultirange;0;;;boolean;
upper_inc;f;anyrange;0;;;boolean;
upper_inf;f;anymultirange;0;;;boolean;
upper_inf;f;anyrange;0;;;boolean;
uuid_cmp;f;uuid,uuid;0;;;integer;
uuid_eq;f;uuid,uuid;0;;;boolean;
uuid_extract_timestamp;f;uuid;0;;;timestamptz;
uuid_extract_version;f;uuid;0;;;smallint;
uuid_ge;f;uuid,uuid;0;;;boolean;
uuid_gt;f;uuid,uuid;0;;;boolean;
uuid_hash;f;uuid;0;;;integer;
uuid_hash_extended;f;uuid,bigint;0;;;bigint;
uuid_le;f;uuid,uuid;0;;;boolean;
uuid_lt;f;uuid,uuid;0;;;boolean;
uuid_ne;f;uuid,uuid;0;;;boolean;
uuidv4;f;;0;;;uuid;
uuidv7;f;;0;;;uuid;
uuidv7;f;interval;0;;;uuid;
var_pop;a;bigint;0;;;numeric;
var_pop;a;double precision;0;;;double precision;
var_pop;a;integer;0;;;numeric;
var_pop;a;numeric;0;;;numeric;
var_pop;a;real;0;;;double precision;
var_pop;a;smallint;0;;;numeric;
var_samp;a;bigint;0;;;numeric;
var_samp;a;double precision;0;;;double precision;
var_samp;a;integer;0;;;numeric;
var_samp;a;numeric;0;;;numeric;
var_samp;a;real;0;;;double precision;
var_samp;a;smallint;0;;;numeric;
varbit;f;varbit,integer,boolean;0;;;varbit;
varbitcmp;f;varbit,varbit;0;;;integer;
varbiteq;f;varbit,varbit;0;;;boolean;
varbitge;f;varbit,varbit;0;;;boolean;
varbitgt;f;varbit,varbit;0;;;boolean;
varbitle;f;varbit,varbit;0;;;boolean;
varbitlt;f;varbit,varbit;0;;;boolean;
varbitne;f;varbit,varbit;0;;;boolean;
varbittypmodin;f;cstring[];0;;;integer;
varchar;f;varchar,integer,boolean;0;;;varchar;
varchar;f;name;0;;;varchar;
varcharsend;f;varchar;0;;;bytea;
varchartypmodin;f;cstring[];0;;;integer;
variance;a;bigint;0;;;numeric;
variance;a;double precision;0;;;double precision;
variance;a;integer;0;;;numeric;
variance;a;numeric;0;;;numeric;
variance;a;real;0;;;double precision;
variance;a;smallint;0;;;numeric;
version;f;;0;;;text;
websearch_to_tsquery;f;regconfig,text;0;;;tsquery;
websearch_to_tsquery;f;text;0;;;tsquery;
width;f;box;0;;;double precision;
width_bucket;f;anycompatible,anycompatiblearray;0;;;integer;
width_bucket;f;double precision,double precision,double precision,integer;0;;;integer;
width_bucket;f;numeric,numeric,numeric,integer;0;;;integer;
xid;f;xid8;0;;;xid;
xid8_larger;f;xid8,xid8;0;;;xid8;
xid8_smaller;f;xid8,xid8;0;;;xid8;
xid8cmp;f;xid8,xid8;0;;;integer;
xid8eq;f;xid8,xid8;0;;;boolean;
xid8ge;f;xid8,xid8;0;;;boolean;
xid8gt;f;xid8,xid8;0;;;boolean;
xid8le;f;xid8,xid8;0;;;boolean;
xid8lt;f;xid8,xid8;0;;;boolean;
xid8ne;f;xid8,xid8;0;;;boolean;
xid8send;f;xid8;0;;;bytea;
xideq;f;xid,xid;0;;;boolean;
xideqint4;f;xid,integer;0;;;boolean;
xidneq;f;xid,xid;0;;;boolean;
xidneqint4;f;xid,integer;0;;;boolean;
xidsend;f;xid;0;;;bytea;
xml;f;text;0;;;xml;
xml_is_well_formed;f;text;0;;;boolean;
xml_is_well_formed_content;f;text;0;;;boolean;
xml_is_well_formed_document;f;text;0;;;boolean;
xmlagg;a;xml;0;;;xml;
xmlcomment;f;text;0;;;xml;
xmlconcat2;f;xml,xml;0;;;xml;
xmlexists;f;text,xml;0;;;boolean;
xmltext;f;text;0;;;xml;
xmlvalidate;f;xml,text;0;;;boolean;
xpath;f;text,xml;0;;;xml[];
xpath;f;text,xml,text[];0;;;xml[];
xpath_exists;f;text,xml;0;;;boolean;
xpath_exists;f;text,xml,text[];0;;;boolean;
"""
"""``name;kind;arguments;defaults;variadic;set;result;columns``: kind as in ``pg_proc``, the
number of arguments with a default, and the columns of a result that is a row."""
