from experta.conditionalelement import AND as AND
from experta.conditionalelement import EXISTS as EXISTS
from experta.conditionalelement import FORALL as FORALL
from experta.conditionalelement import NOT as NOT
from experta.conditionalelement import OR as OR
from experta.conditionalelement import TEST as TEST
from experta.deffacts import DefFacts as DefFacts
from experta.engine import KnowledgeEngine as KnowledgeEngine
from experta.fact import Fact as Fact
from experta.fact import Field as Field
from experta.fact import InitialFact as InitialFact
from experta.fieldconstraint import L as L
from experta.fieldconstraint import P as P
from experta.fieldconstraint import W as W
from experta.rule import Rule as Rule
from experta.shortcuts import AS as AS
from experta.shortcuts import MATCH as MATCH
from experta.watchers import unwatch as unwatch
from experta.watchers import watch as watch

__version__: str
